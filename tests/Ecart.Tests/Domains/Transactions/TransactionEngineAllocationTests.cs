using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>
/// A warm engine allocates nothing. The stream repeats itself every 30 days with the same accounts, merchants, devices and addresses, so that none is ever
/// forgotten (that takes 45 days unseen), and after a few passes every structure has the size that the next pass needs.
/// </summary>
public sealed class TransactionEngineAllocationTests
{
    private const int Days = 30;
    private const int WarmPasses = 6;
    private TransactionEngine engine = new(new TransactionOptions());
    private readonly Verdict verdict = new(TransactionLayout.Dimension);
    private long seq;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ScoreAndLearn_WarmEngineAndKnownAccounts_AllocatesNothing(ulong seed)
    {
        TransactionEvent[] events = Simulate(seed);
        for (int pass = 0; pass < WarmPasses; pass++) Process(Later(events, pass * Days));

        var flagged = new List<int>(Allocation.Attempts);
        Assert.Equal(0, Allocation.Of(run => Later(events, (WarmPasses + run) * Days), later => flagged.Add(Process(later))));
        Assert.All(flagged, ofPass => Assert.InRange(ofPass, 1, events.Length / 10));
    }

    [Fact]
    public void ScoreAndLearn_LearnedEmbedding_AllocatesNothing()
    {
        engine = new TransactionEngine(new TransactionOptions(), 1, LearnedEmbeddingTests.Train(Simulate(4)));
        ScoreAndLearn_WarmEngineAndKnownAccounts_AllocatesNothing(4);
    }

    [Theory]
    [MemberData(nameof(TransactionStreamsTests.Kinds), MemberType = typeof(TransactionStreamsTests))]
    public void ScoreAndLearn_StreamingDetector_AllocatesNothing(string kind)
    {
        // Small samples are soon full, and with much evidence every text has soon been told.
        engine = new TransactionEngine(new TransactionOptions { StreamDetectors = [new() { Kind = kind, Points = 16, TailProbability = 0.3 }] });
        TransactionEvent[] events = Simulate(5);
        for (int pass = -2 * WarmPasses; pass < 0; pass++) Process(Later(events, pass * Days));
        ScoreAndLearn_WarmEngineAndKnownAccounts_AllocatesNothing(5);
    }

    [Fact]
    public void Score_WarmEngineAndUnknownAccount_AllocatesNothing()
    {
        TransactionEvent[] events = Simulate(3);
        Process(events);
        TransactionEvent stranger = Copy(events[^1], "stranger", events[^1].OccurredAt, "nobody");
        engine.Score(stranger, verdict);

        Assert.Equal(0, Allocation.Of(() => engine.Score(stranger, verdict)));
        Assert.Contains(verdict.Evidence.ToArray(), evidence => evidence.Code == EvidenceCode.NewProfile);
    }

    private static TransactionEvent[] Simulate(ulong seed)
    {
        var world = new TransactionSimulatorOptions { Seed = seed, Accounts = 100, Merchants = 50, Days = Days, QuietDays = 10, IncidentsPerDay = 2 };
        return [.. new TransactionSimulator(world).Generate().Select(simulated => simulated.Event)];
    }

    private static TransactionEvent[] Later(TransactionEvent[] events, int days) =>
        [.. events.Select(earlier => Copy(earlier, $"{earlier.EventUid}+{days}", earlier.OccurredAt.AddDays(days), earlier.AccountId))];

    private static TransactionEvent Copy(TransactionEvent original, string uid, DateTime occurredAt, string accountId) => new()
    {
        EventUid = uid,
        OccurredAt = occurredAt,
        AccountId = accountId,
        Amount = original.Amount,
        ScoredAmount = original.ScoredAmount,
        MerchantId = original.MerchantId,
        MerchantCategory = original.MerchantCategory,
        Channel = original.Channel,
        Country = original.Country,
        City = original.City,
        Latitude = original.Latitude,
        Longitude = original.Longitude,
        DeviceId = original.DeviceId,
        IpAddress = original.IpAddress,
        UserAgentHash = original.UserAgentHash,
        UtcOffsetMinutes = original.UtcOffsetMinutes,
    };

    private int Process(TransactionEvent[] events)
    {
        int flagged = 0;
        foreach (TransactionEvent transaction in events)
        {
            engine.Score(transaction, verdict);
            var scored = new ScoredEvent(transaction, verdict, 0, ++seq);
            engine.Learn(in scored);
            if (verdict.IsAnomaly) flagged++;
        }

        return flagged;
    }
}
