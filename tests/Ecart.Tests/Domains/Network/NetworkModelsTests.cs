using Ecart.Detection;
using Ecart.Domains.Network;
using Ecart.Events;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Tests.Domains.Network;

/// <summary>Models in the network domain, with rules that ask for windows beside them.</summary>
public sealed class NetworkModelsTests : ModelledEngineContract
{
    private const int Days = 6;

    private static readonly NetworkFlow[] Flows =
    [
        .. new NetworkSimulator(new NetworkSimulatorOptions { Seed = 5, Workstations = 5, Devices = 2, Servers = 2, Days = Days, QuietDays = 0, IncidentsPerDay = 0.5, SessionsPerDay = 12 })
            .Generate().Select(static simulated => simulated.Event),
    ];

    internal override DomainEvent[] Events => Flows;

    internal override DomainEvent Strange => new NetworkFlow
    {
        EventUid = "strange",
        OccurredAt = Flows[^1].OccurredAt.AddMinutes(1),
        SourceAddress = Flows.GroupBy(static flow => flow.SourceAddress).MaxBy(static group => group.Count())!.Key,
        SourceScope = AddressScope.Internal,
        DestinationAddress = "203.0.113.99",
        DestinationPort = 31_337,
        Protocol = NetworkProtocol.Udp,
        State = ConnectionState.Established,
        BytesOut = 4_000_000_000,
        BytesIn = 3,
        PacketsOut = 9_000_000,
        PacketsIn = 1,
        DurationSeconds = 50_000,
    };

    internal override DomainEvent OfNewEntity => NetworkCase.Flow(90 * 86_400, source: "10.99.0.1");

    internal override IReadOnlyList<string> LayoutNames => NetworkLayout.Names;

    internal override DomainEvent[] Later(int pass) => [.. NetworkEngineAllocationTests.Later(Flows, pass)];

    internal override IModelledEngine Make(DomainModels models, IReadOnlyList<LearnedDetectorOptions> detectors, IReadOnlyList<StreamDetectorOptions> streams) =>
        new NetworkEngine(
            new NetworkOptions
            {
                Detectors = detectors,
                StreamDetectors = streams,
                Rules = [new RuleOptions { Name = "busy", Expression = "count(source_ip, 1h) > 200 or distinct(source_ip, 1d, destination_ip) > 4", Contribution = 0.01 }],
            },
            1,
            models);

    internal override void SetClusters(IModelledEngine engine, ReferencePatterns patterns) => ((NetworkEngine)engine).Patterns = patterns;
}
