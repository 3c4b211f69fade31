using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>What tests ask of a verdict.</summary>
internal static class VerdictChecks
{
    public static Evidence? Find(this Verdict verdict, string code)
    {
        foreach (var evidence in verdict.Evidence)
            if (evidence.Code == code) return evidence;
        return null;
    }

    public static Evidence Require(this Verdict verdict, string code)
    {
        Assert.NotNull(verdict.Find(code));
        return verdict.Find(code)!.Value;
    }

    /// <summary>Everything the verdict says, so that two are equal only if they say the same to the last bit.</summary>
    public static string Fingerprint(this Verdict verdict) => string.Join(
        '|',
        BitConverter.DoubleToInt64Bits(verdict.Score),
        BitConverter.DoubleToInt64Bits(verdict.RankScore),
        BitConverter.DoubleToInt64Bits(verdict.DistanceToProfile),
        BitConverter.DoubleToInt64Bits(verdict.Surprise),
        BitConverter.DoubleToInt64Bits(verdict.LearnedDistance),
        BitConverter.DoubleToInt64Bits(verdict.LearnedValue),
        verdict.IsLate,
        verdict.IsLearned,
        verdict.SuppressedBy,
        Convert.ToHexString(System.IO.Hashing.XxHash64.Hash(System.Runtime.InteropServices.MemoryMarshal.AsBytes(verdict.Embedding.AsSpan()))),
        string.Join(';', verdict.Evidence.ToArray()));
}
