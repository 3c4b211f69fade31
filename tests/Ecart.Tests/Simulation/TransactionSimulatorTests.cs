using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Ecart.Simulation;
using Xunit;

namespace Ecart.Tests.Simulation;

public sealed class TransactionSimulatorTests
{
    private static readonly TransactionSimulatorOptions Options = new()
    {
        Seed = 5,
        Accounts = 400,
        Merchants = 120,
        Days = 40,
        QuietDays = 10,
        IncidentsPerDay = 3,
    };

    private static readonly SimulatedTransaction[] Stream = [.. new TransactionSimulator(Options).Generate()];

    [Fact]
    public void Generate_SameOptions_GivesTheSameStream() =>
        Assert.Equal(Stream.Select(Describe), new TransactionSimulator(Options).Generate().Select(Describe));

    [Fact]
    public void Generate_OtherSeed_GivesAnotherStream() =>
        Assert.NotEqual(Stream.Select(Describe), new TransactionSimulator(Options with { Seed = 6 }).Generate().Select(Describe));

    [Fact]
    public void Generate_Stream_IsInOrderOfEventTimeWithUniqueUids()
    {
        Assert.All(Stream.Zip(Stream.Skip(1)), pair => Assert.True(pair.First.Event.OccurredAt <= pair.Second.Event.OccurredAt));
        Assert.Equal(Stream.Length, Stream.Select(simulated => simulated.Event.EventUid).Distinct().Count());
        Assert.InRange(Stream[0].Event.OccurredAt, Options.Start, Options.Start.AddHours(3));
        Assert.InRange(Stream[^1].Event.OccurredAt, Options.Start.AddDays(Options.Days - 1), Options.Start.AddDays(Options.Days));
    }

    [Fact]
    public void Generate_Volume_IsAboutWhatWasAskedFor() =>
        Assert.InRange(Stream.Count(simulated => !simulated.IsFraud) / (double)(Options.Accounts * Options.Days), 1.6, 2.4);

    [Fact]
    public void Generate_Fraud_IsOfEveryKindAndOnlyAfterTheQuietDays()
    {
        Assert.Equal(Enum.GetValues<FraudKind>(), Stream.Select(simulated => simulated.Truth).Distinct().Order());
        Assert.All(Stream.Where(simulated => simulated.IsFraud), simulated =>
            Assert.True(simulated.Event.OccurredAt >= Options.Start.AddDays(Options.QuietDays)));
    }

    [Fact]
    public void Generate_GroundTruth_IsConsistent()
    {
        Assert.All(Stream, simulated => Assert.Equal(simulated.IsFraud, simulated.Incident > 0));
        foreach (var incident in Stream.Where(simulated => simulated.IsFraud).GroupBy(simulated => simulated.Incident))
        {
            var kind = Assert.Single(incident.Select(simulated => simulated.Truth).Distinct());
            if (kind == FraudKind.CompromisedMerchant) Assert.Single(incident.Select(simulated => simulated.Event.MerchantId).Distinct());
            else Assert.Single(incident.Select(simulated => simulated.Event.AccountId).Distinct());
        }

        IEnumerable<TransactionEvent> Of(FraudKind kind) => Stream.Where(simulated => simulated.Truth == kind).Select(simulated => simulated.Event);
        Assert.All(Of(FraudKind.LargeWire), transaction => Assert.True(transaction.Amount > 10_000 && transaction.Channel == TransactionChannel.Wire));
        Assert.All(Of(FraudKind.CardTesting), transaction => Assert.True(transaction.Amount <= 3));
        Assert.All(Of(FraudKind.NightCashOut), transaction => Assert.Equal(TransactionChannel.Atm, transaction.Channel));
        Assert.Contains(Of(FraudKind.NightCashOut), transaction => transaction.LocalTime.Hour is >= 2 and <= 5);
    }

    [Fact]
    public void Generate_AnyEvent_IsOneThatTheDomainAccepts() => Assert.All(Stream, simulated =>
    {
        var transaction = simulated.Event;
        Assert.Equal((DateTimeKind.Utc, 0), (transaction.OccurredAt.Kind, transaction.OccurredAt.Ticks % 10));
        Assert.InRange(transaction.Amount, 0.01m, 5_000_000m);
        Assert.Equal((double)transaction.Amount, transaction.ScoredAmount);
        Assert.Equal(transaction.Channel is TransactionChannel.Pos or TransactionChannel.Atm, transaction.HasPosition);
        Assert.Equal(transaction.HasPosition, transaction.DeviceId is null);
        Assert.InRange(transaction.UtcOffsetMinutes, -840, 840);
    });

    [Fact]
    public void Generate_NoIncidents_IsAllGenuine() => Assert.DoesNotContain(
        new TransactionSimulator(Options with { IncidentsPerDay = 0, CompromisedMerchants = 0, Days = 20 }).Generate(), simulated => simulated.IsFraud);

    [Theory]
    [InlineData(0, 60, "accounts")]
    [InlineData(10, 0, "days")]
    public void Constructor_OptionOutOfRange_NamesIt(int accounts, int days, string setting) => Assert.Contains(
        $"'{setting}' is 0", Assert.Throws<OptionsException>(() => new TransactionSimulator(Options with { Accounts = accounts, Days = days })).Message, StringComparison.Ordinal);

    private static string Describe(SimulatedTransaction simulated) =>
        $"{simulated.Event.EventUid} {simulated.Event.ContentHash:x16} {simulated.Event.UtcOffsetMinutes} {simulated.Truth} {simulated.Incident}";
}
