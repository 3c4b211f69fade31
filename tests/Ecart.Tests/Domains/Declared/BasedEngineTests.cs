using Ecart.Detection;
using Ecart.Domains.Declared;
using Ecart.Domains.Declared.Based;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Domains.Declared;

/// <summary>A domain declared over the base transactions beside the built-in one.</summary>
public sealed class BasedEngineTests
{
    private const int WarmPasses = 4;

    private static readonly DomainDeclaration Copy = new()
    {
        Name = "cards",
        Base = DeclaredBase.Transactions,
        Entity = "card",
        Fields =
        [
            new() { Name = "card", Role = "account", Type = DeclaredFieldType.Text, Required = true },
            new() { Name = "euro", Role = "amount", Required = true },
            new() { Name = "shop", Role = "merchant", Type = DeclaredFieldType.Text },
        ],
        Transactions = TransactionOptions.Default with { Rules = [new() { Name = "often", Expression = "count(merchant, 1h) > 3", Contribution = 0.2 }] },
    };

    private static readonly DomainDeclaration Small = Copy with
    {
        Name = "small",
        LayoutVersion = 3,
        Encoders = [new() { Kind = DeclaredEncoderKind.Log, Field = "amount", Scale = 10, Weight = 1 }, new() { Kind = DeclaredEncoderKind.Cyclic, Field = "hour_of_day" }],
    };

    private static readonly TransactionEvent[] Events =
        [.. new TransactionSimulator(new() { Seed = 5, Accounts = 30, Merchants = 20, Days = 30 }).Generate().Select(simulated => simulated.Event)];

    [Fact]
    public void Score_OtherNamesSameConstants_IsBitForBitTheBase()
    {
        var built = new TransactionEngine(Copy.Transactions!);
        var based = new BasedEngine(Copy);
        DeclaredSchema schema = DeclaredSchema.Of(Copy);
        var expected = new Verdict(built.Dimension);
        var actual = new Verdict(based.Dimension);
        int evidence = 0;
        for (int i = 0; i < Events.Length; i++)
        {
            DeclaredEvent declared = TransactionFields.Declare(Events[i], schema);
            if (i % 3 == 0) declared = Stored(declared);
            built.Score(Events[i], expected);
            based.Score(declared, actual);
            Assert.Equal((expected.Score, expected.RankScore, expected.Surprise), (actual.Score, actual.RankScore, actual.Surprise));
            Assert.Equal(expected.Embedding, actual.Embedding);
            evidence += actual.Evidence.Length;
            built.Learn(new ScoredEvent(Events[i], expected, 0, i + 1));
            based.Learn(new ScoredEvent(declared, actual, 0, i + 1));
        }

        Assert.True(evidence > 100);
        Assert.Equal(("cards", "card", 1), (based.Domain, based.PublishProfiles(null).First().EntityType, based.EmbeddingVersion));
    }

    [Fact]
    public void Score_OwnEncoders_MakeAnotherVectorOfTheirVersion()
    {
        var based = new BasedEngine(Small);
        var verdict = new Verdict(based.Dimension);
        based.Score(TransactionFields.Declare(Events[0], DeclaredSchema.Of(Small)), verdict);
        Assert.Equal(3, verdict.EmbeddingVersion);
        Assert.Equal(4, verdict.Embedding.Count(value => value != 0));
        Assert.Equal(1, verdict.Embedding.Sum(value => (double)value * value), 1e-5);
    }

    [Fact]
    public void Refold_OfAnotherLayout_EmbedsAnew()
    {
        var first = new BasedEngine(Copy);
        var second = new BasedEngine(Small with { Name = "cards" });
        var fresh = new BasedEngine(Small with { Name = "cards" });
        for (int i = 0; i < 600; i++)
        {
            DeclaredEvent declared = TransactionFields.Declare(Events[i], DeclaredSchema.Of(Copy));
            var verdict = new Verdict(first.Dimension);
            first.Score(declared, verdict);
            var scored = new ScoredEvent(declared, verdict, 0, i + 1);
            first.Learn(in scored);
            second.Refold(in scored);
            Assert.Equal(3, verdict.EmbeddingVersion);
            var own = new Verdict(fresh.Dimension);
            fresh.Score(declared, own);
            Assert.Equal(own.Embedding, verdict.Embedding);
            own.IsLearned = verdict.IsLearned;
            own.Surprise = verdict.Surprise;
            own.LearnedValue = verdict.LearnedValue;
            fresh.Learn(new ScoredEvent(declared, own, 0, i + 1));
        }
    }

    [Fact]
    public void Patterns_OfTheDeclaredEntityAndLayout_AreInForce()
    {
        var based = new BasedEngine(Small with { Transactions = new() { Rules = [new() { Name = "any", Expression = "amount >= 0", Contribution = 0.6 }] } });
        DeclaredEvent declared = TransactionFields.Declare(Events[0], DeclaredSchema.Of(Small));
        var verdict = new Verdict(based.Dimension);
        based.Score(declared, verdict);
        based.Patterns = new ReferencePatterns(
            [],
            [new("own", verdict.Embedding.ToArray(), 0.01, Severity.Low, "scan", 3), new("other", verdict.Embedding.ToArray(), 0.01, Severity.High, "scan", 1)],
            [new(9, "card", null, DateTime.MinValue, null, null, 0, 3)]);
        based.Score(declared, verdict);
        Assert.Equal("own", verdict.Evidence.ToArray().Single(found => found.Code == EvidenceCode.Signature).Subject);
        Assert.Equal(9, verdict.SuppressedBy);
    }

    [Fact]
    public void ScoreAndLearn_WarmEngineAndDecodedEvents_AllocatesNothing()
    {
        var based = new BasedEngine(Copy with { Transactions = TransactionOptions.Default, Encoders = Small.Encoders });
        DeclaredSchema schema = DeclaredSchema.Of(Copy);
        var verdict = new Verdict(based.Dimension);
        long seq = 0;
        for (int pass = 0; pass < WarmPasses; pass++) Process(Later(pass));
        Assert.Equal(0, Allocation.Of(run => Later(WarmPasses + run), Process));

        void Process(DeclaredEvent[] events)
        {
            foreach (DeclaredEvent declared in events)
            {
                based.Score(declared, verdict);
                var scored = new ScoredEvent(declared, verdict, 0, ++seq);
                based.Learn(in scored);
            }
        }

        DeclaredEvent[] Later(int pass) =>
        [
            .. Events.Select(earlier => TransactionFields.Declare(
                new TransactionEvent
                {
                    EventUid = $"{earlier.EventUid}+{pass}",
                    OccurredAt = earlier.OccurredAt.AddDays(30 * pass),
                    AccountId = earlier.AccountId,
                    Amount = earlier.Amount,
                    ScoredAmount = earlier.ScoredAmount,
                    MerchantId = earlier.MerchantId,
                    MerchantCategory = earlier.MerchantCategory,
                    Channel = earlier.Channel,
                    Country = earlier.Country,
                    Latitude = earlier.Latitude,
                    Longitude = earlier.Longitude,
                    DeviceId = earlier.DeviceId,
                    IpAddress = earlier.IpAddress,
                },
                schema)),
        ];
    }

    [Fact]
    public void Problems_OfABase_AreToldWithTheirSettings()
    {
        DomainDeclaration wrong = Copy with
        {
            Velocity = new(),
            Severity = new() { Flag = 0.7 },
            Fields = [.. Copy.Fields, new() { Name = "colour" }, new() { Name = "where", Role = "latitude", Type = DeclaredFieldType.Text }],
            Encoders = [new() { Field = "distance" }, new() { Kind = DeclaredEncoderKind.Log, Field = "amount" }],
            Transactions = new() { Rules = [new() { Name = "r", Expression = "amont > 3" }], HighAmount = new() { Contribution = 3 } },
        };
        Assert.Equal(
            ["encoders[0].field", "fields[3].name", "fields[4].type", "severity", "transactions.high_amount.contribution", "transactions.rules[0].expression", "velocity"],
            wrong.Problems().Select(problem => problem.Setting).Order(StringComparer.Ordinal));
    }

    /// <summary>The event as it is after it was stored and read: its values, in another order, and nothing else.</summary>
    private static DeclaredEvent Stored(DeclaredEvent declared)
    {
        var turned = new DeclaredSchema(declared.Domain, declared.PrimaryEntityType, [.. declared.Schema.Fields.Reverse()]);
        return declared.In(turned);
    }
}
