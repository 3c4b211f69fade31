using Ecart.Domains.UserBehavior;
using Ecart.Scoring;
using Ecart.Simulation;
using Xunit;

namespace Ecart.Tests.Simulation;

public sealed class UserBehaviorSimulatorTests
{
    private static readonly UserBehaviorSimulatorOptions Options = new() { Seed = 5, Users = 60, Days = 30, QuietDays = 12, IncidentsPerDay = 15 };

    private static readonly SimulatedAction[] Stream = [.. new UserBehaviorSimulator(Options).Generate()];

    [Fact]
    public void Generate_SameOptions_GivesTheSameStream()
    {
        Assert.Equal(Stream.Select(Describe), new UserBehaviorSimulator(Options).Generate().Select(Describe));
        Assert.NotEqual(Stream.Select(Describe), new UserBehaviorSimulator(Options with { Seed = 6 }).Generate().Select(Describe));
    }

    [Fact]
    public void Generate_Stream_IsInOrderOfEventTimeWithUniqueUids()
    {
        Assert.All(Stream.Zip(Stream.Skip(1)), pair => Assert.True(pair.First.Event.OccurredAt <= pair.Second.Event.OccurredAt));
        Assert.Equal(Stream.Length, Stream.Select(simulated => simulated.Event.EventUid).Distinct().Count());
        Assert.All(Stream, simulated => Assert.InRange(simulated.Event.OccurredAt, Options.Start, Options.Start.AddDays(Options.Days)));
    }

    [Fact]
    public void Generate_Threats_AreOfEveryKindAndOnlyAfterTheQuietDays()
    {
        Assert.Equal(Enum.GetValues<UserThreatKind>(), Stream.Select(simulated => simulated.Truth).Distinct().Order());
        Assert.All(Stream.Where(simulated => simulated.IsThreat), simulated =>
        {
            Assert.True(simulated.Event.OccurredAt >= Options.Start.AddDays(Options.QuietDays));
            Assert.True(simulated.Incident > 0);
        });
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt() =>
        Assert.Contains("users", Assert.Throws<OptionsException>(() => new UserBehaviorSimulator(Options with { Users = 1 })).Message, StringComparison.Ordinal);

    private static string Describe(SimulatedAction simulated)
    {
        UserBehaviorEvent action = simulated.Event;
        return $"{action.EventUid} {action.OccurredAt:O} {action.ContentHash} {simulated.Truth} {simulated.Incident}";
    }
}
