using Ecart.Numerics;
using Ecart.Streaming.Explanation;

namespace Ecart.Checker.Comparing;

/// <summary>
/// Where the order among entities is not promised, verdicts are held against the log itself: a sample of them is scored again from what stands in the
/// store before each, and embedding and score must come out the same.
/// </summary>
internal sealed class ReproducedSample(string connectionString, Findings findings)
{
    private const int Size = 150;

    /// <summary>Compares.</summary>
    /// <param name="uids">All stored events.</param>
    /// <param name="seed">Chooses among them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(IReadOnlyList<string> uids, ulong seed, CancellationToken cancellationToken)
    {
        var random = new SeededRandom(seed + 313);
        var reproduction = new VerdictReproduction(connectionString);
        for (int i = 0; i < Math.Min(Size, uids.Count); i++)
        {
            string uid = uids[random.Next(0, uids.Count)];
            ReproducedVerdict? reproduced = await reproduction.RunAsync(uid, 0, cancellationToken);
            if (reproduced is null) findings.Add("verdict that cannot be reproduced", uid);
            else if (!reproduced.HasSameEmbedding) findings.Add("verdict differs from the account's log", $"{uid}: embedding");
            else if (!reproduced.HasSameScore)
                findings.Add("verdict differs from the account's log", $"{uid}: stored {reproduced.Stored.Score:R}, scored again {reproduced.Reproduced.Score:R}");
        }
    }
}
