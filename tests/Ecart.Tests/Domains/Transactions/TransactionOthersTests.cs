using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>Two engines that share the accounts: with the other's counts each sees merchants, devices, addresses and amounts as one engine of all would.</summary>
public sealed class TransactionOthersTests
{
    private const int Accounts = 10;
    private readonly EngineRun whole = new();
    private readonly EngineRun first = new();
    private readonly EngineRun second = new();

    public TransactionOthersTests()
    {
        for (var day = -60; day < 0; day++)
        {
            for (var account = 0; account < Accounts; account++)
            {
                var transaction = TransactionCase.At(
                    (day * 1440) + account, 20 + account, $"A{account}", $"M{account % 3}", $"D{account % 3}", $"10.0.0.{account % 3}");
                var part = account % 2 == 0 ? first : second;
                part.Feed(transaction);
                whole.Feed(transaction);
                if (account is not (0 or 3) || day is < -40 or > -10) continue;
                part.Label(transaction.EventUid, isFraud: true);
                whole.Label(transaction.EventUid, isFraud: true);
            }
        }
    }

    [Fact]
    public void Score_WithTheOthersCounts_EqualsOneEngineOfAll()
    {
        var expected = Verdicts(whole);
        Assert.NotEqual(expected, Verdicts(first));

        var counts = new StateStore();
        second.Engine.WriteCheckpoint(counts);
        counts.GiveTo(first.Engine);

        Assert.Equal(expected, Verdicts(first));
    }

    [Fact]
    public void WriteCheckpoint_WithTheOthersCounts_WritesTheOwnAlone()
    {
        var alone = new StateStore();
        first.Engine.WriteCheckpoint(alone);
        var counts = new StateStore();
        second.Engine.WriteCheckpoint(counts);
        counts.GiveTo(first.Engine);
        Verdicts(first);
        var beside = new StateStore();
        first.Engine.WriteCheckpoint(beside);

        Assert.NotEmpty(alone.Entities);
        Assert.Empty(beside.Entities);
    }

    /// <summary>Strangers at each merchant, and one whom nobody has seen.</summary>
    private static (double Score, double Rank, string Evidence)[] Verdicts(EngineRun run) =>
    [
        .. Enumerable.Range(0, 4).Select(i =>
        {
            var verdict = run.Score(TransactionCase.At(600, 25 + (i * 3), "stranger", $"M{i}", $"D{i}", $"10.0.0.{i}"));
            return (verdict.Score, verdict.RankScore, string.Join("; ", verdict.Evidence.ToArray().Select(evidence => evidence.ToString())));
        }),
    ];
}
