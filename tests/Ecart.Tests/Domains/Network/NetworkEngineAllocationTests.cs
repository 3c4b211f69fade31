using Ecart.Domains.Network;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Domains.Network;

/// <summary>
/// A warm engine allocates nothing: the stream repeats itself, so that no source is new, and after enough event time every structure has the size that it keeps.
/// </summary>
public sealed class NetworkEngineAllocationTests
{
    private const int Days = 6;
    private const int WarmPasses = 9;

    [Fact]
    public void ScoreAndLearn_WarmEngineAndKnownSources_AllocatesNothing()
    {
        var options = new NetworkSimulatorOptions { Workstations = 6, Devices = 2, Servers = 2, Days = Days, QuietDays = 0, IncidentsPerDay = 0.4, SessionsPerDay = 20 };
        NetworkFlow[] flows = [.. new NetworkSimulator(options).Generate().Select(static simulated => simulated.Event)];
        var engine = new NetworkEngine(new NetworkOptions());
        var verdict = new Verdict(NetworkLayout.Dimension);
        long seq = 0;
        int flagged = 0;
        for (int pass = 0; pass < WarmPasses; pass++) Process(Later(flows, pass));
        Assert.Equal(0, Allocation.Of(run => Later(flows, WarmPasses + run), Process));
        Assert.InRange(flagged, 1, flows.Length);

        void Process(NetworkFlow[] events)
        {
            flagged = 0;
            foreach (NetworkFlow flow in events)
            {
                engine.Score(flow, verdict);
                if (verdict.IsAnomaly) flagged++;
                engine.Learn(new ScoredEvent(flow, verdict, 0, ++seq));
            }
        }
    }

    internal static NetworkFlow[] Later(NetworkFlow[] flows, int pass) =>
    [
        .. flows.Select(flow => new NetworkFlow
        {
            EventUid = flow.EventUid,
            OccurredAt = flow.OccurredAt.AddDays(pass * Days),
            Kind = flow.Kind,
            SourceAddress = flow.SourceAddress,
            SourcePort = flow.SourcePort,
            DestinationAddress = flow.DestinationAddress,
            DestinationPort = flow.DestinationPort,
            Protocol = flow.Protocol,
            Service = flow.Service,
            BytesOut = flow.BytesOut,
            BytesIn = flow.BytesIn,
            PacketsOut = flow.PacketsOut,
            PacketsIn = flow.PacketsIn,
            DurationSeconds = flow.DurationSeconds,
            State = flow.State,
            Flags = flow.Flags,
            SourceScope = flow.SourceScope,
            DestinationScope = flow.DestinationScope,
            QueryName = flow.QueryName,
            IsNameUnknown = flow.IsNameUnknown,
        }),
    ];
}
