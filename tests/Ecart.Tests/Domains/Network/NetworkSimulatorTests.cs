using Ecart.Domains.Network;
using Ecart.Scoring;
using Ecart.Simulation;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class NetworkSimulatorTests
{
    [Fact]
    public void Generate_EqualSeeds_GiveEqualStreams()
    {
        var options = new NetworkSimulatorOptions { Days = 3, QuietDays = 1, Workstations = 5, Seed = 9 };

        ulong[] first = [.. new NetworkSimulator(options).Generate().Select(static flow => flow.Event.ContentHash)];

        Assert.Equal(first, new NetworkSimulator(options).Generate().Select(static flow => flow.Event.ContentHash));
        Assert.NotEqual(first, new NetworkSimulator(options with { Seed = 10 }).Generate().Select(static flow => flow.Event.ContentHash));
    }

    [Fact]
    public void Generate_Stream_IsInOrderOfEventTimeWithUniqueUids()
    {
        List<SimulatedFlow> flows = [.. new NetworkSimulator(new NetworkSimulatorOptions { Days = 4, Workstations = 8, IncidentsPerDay = 1 }).Generate()];

        Assert.Equal(flows.Count, flows.Select(static flow => flow.Event.EventUid).Distinct().Count());
        Assert.Equal(flows.Select(static flow => flow.Event.OccurredAt).Order(), flows.Select(static flow => flow.Event.OccurredAt));
        Assert.DoesNotContain(flows, static flow => flow.IsThreat && flow.Event.OccurredAt < new DateTime(2025, 1, 8, 0, 0, 0, DateTimeKind.Utc));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Score_SimulatedNetwork_FindsEveryKindOfThreatAndLeavesOthersInPeace(ulong seed)
    {
        var engine = new NetworkEngine(new NetworkOptions());
        var verdict = new Verdict(NetworkLayout.Dimension);
        var incidents = new Dictionary<(NetworkThreat Threat, int Incident), bool>();
        var peace = new Dictionary<(string, DateTime), int>();
        long seq = 0;
        foreach (SimulatedFlow flow in new NetworkSimulator(new NetworkSimulatorOptions { Seed = seed, Days = 8, IncidentsPerDay = 0.7 }).Generate())
        {
            engine.Score(flow.Event, verdict);
            engine.Learn(new ScoredEvent(flow.Event, verdict, 0, ++seq));
            if (flow.IsThreat)
            {
                (NetworkThreat, int) key = (flow.Truth, flow.Incident);
                incidents[key] = incidents.GetValueOrDefault(key) || (verdict.RaisesAlert && ThreatClass.Of(verdict) == ClassOf(flow.Truth));
            }
            else if (verdict.RaisesAlert)
            {
                (string, DateTime) day = (flow.Event.SourceAddress, flow.Event.OccurredAt.Date);
                peace[day] = peace.GetValueOrDefault(day) + 1;
            }
        }

        string missed = string.Join(", ", incidents.Where(static incident => !incident.Value).Select(static incident => incident.Key));
        Assert.True(incidents.Count(static incident => incident.Value) >= 0.95 * incidents.Count, $"missed of {incidents.Count}: {missed}");
        Assert.DoesNotContain(peace, static day => day.Value >= 5);
    }

    private static string ClassOf(NetworkThreat threat) => threat switch
    {
        NetworkThreat.VerticalScan or NetworkThreat.HorizontalScan => ThreatClass.Scan,
        NetworkThreat.BruteForce => ThreatClass.BruteForce,
        NetworkThreat.Beacon => ThreatClass.CommandAndControl,
        NetworkThreat.Exfiltration => ThreatClass.Exfiltration,
        NetworkThreat.Flood => ThreatClass.DenialOfService,
        NetworkThreat.Lateral => ThreatClass.Lateral,
        _ => ThreatClass.Dns,
    };
}
