using Ecart.Domains.Network;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>
/// A seeded stream of the connections of a network with workstations, servers and devices, with threats of each class that the domain detects, in order of
/// event time. It makes days one after the other. Not thread-safe.
/// </summary>
public sealed class NetworkSimulator
{
    private const int Sites = 300;
    private readonly NetworkSimulatorOptions options;
    private readonly SeededRandom random;
    private readonly List<string> sites = [];
    private readonly List<SimulatedHost> workstations = [];
    private readonly List<SimulatedHost> servers = [];
    private readonly List<SimulatedHost> devices = [];
    private readonly NetworkAddress addresses = new([]);
    private readonly NetworkThreats threats;
    private long number;

    /// <summary>Makes the network.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public NetworkSimulator(NetworkSimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        random = new SeededRandom(options.Seed);
        for (int i = 0; i < Sites; i++) sites.Add($"{random.Next(20, 220)}.{random.Next(1, 254)}.{random.Next(1, 254)}.{random.Next(1, 254)}");
        Add(servers, SimulatedHostKind.Server, options.Servers, 1);
        Add(workstations, SimulatedHostKind.Workstation, options.Workstations, 10);
        Add(devices, SimulatedHostKind.Device, options.Devices, 60);
        threats = new NetworkThreats(workstations, servers, random);
    }

    /// <summary>Generates the stream. Call once.</summary>
    public IEnumerable<SimulatedFlow> Generate()
    {
        var spill = new List<FlowDraft>();
        var drafts = new List<FlowDraft>();
        for (int day = 0; day < options.Days; day++)
        {
            drafts.Clear();
            drafts.AddRange(spill);
            spill.Clear();
            DateTime midnight = options.Start.AddDays(day);
            foreach (SimulatedHost host in workstations) Work(host, midnight, drafts);
            foreach (SimulatedHost host in devices) CallHome(host, midnight, drafts);
            if (day >= options.QuietDays) threats.AddTo(drafts, midnight, options.IncidentsPerDay);
            DateTime end = midnight.AddDays(1);
            foreach (FlowDraft draft in drafts.OrderBy(static draft => draft.At))
            {
                if (draft.At >= end) spill.Add(draft);
                else yield return Finish(in draft);
            }
        }
    }

    private void Add(List<SimulatedHost> hosts, SimulatedHostKind kind, int count, int third)
    {
        for (int i = 0; i < count; i++) hosts.Add(new SimulatedHost($"10.0.{third + (i / 250)}.{1 + (i % 250)}", kind, sites, random));
    }

    private void Work(SimulatedHost host, DateTime midnight, List<FlowDraft> drafts)
    {
        bool isWeekend = midnight.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        int sessions = random.NextPoisson(options.SessionsPerDay * (isWeekend ? 0.15 : 1));
        for (int i = 0; i < sessions; i++)
        {
            double hour = Math.Clamp(host.PeakHour + (2.5 * random.NextNormal()), 0, 23.9);
            DateTime at = midnight.AddHours(hour);
            if (random.Chance(0.15)) UseServer(host, at, drafts);
            else Browse(host, at, drafts);
        }
    }

    private void Browse(SimulatedHost host, DateTime at, List<FlowDraft> drafts)
    {
        int connections = 1 + random.NextPoisson(4);
        for (int i = 0; i < connections; i++)
        {
            string site = random.Chance(0.85) ? host.Sites[Math.Min(random.Next(host.Sites.Length), random.Next(host.Sites.Length))] : sites[random.Next(sites.Count)];
            drafts.Add(new FlowDraft(at, host.Address, servers[0].Address, 53) { Protocol = NetworkProtocol.Udp, Service = "dns", BytesOut = 40, BytesIn = 110, Seconds = 0.02 });
            bool isFailed = random.Chance(0.02);
            drafts.Add(new FlowDraft(at.AddMilliseconds(random.Between(20, 80)), host.Address, site, random.Chance(0.9) ? 443 : 80)
            {
                Service = isFailed ? null : "ssl",
                State = isFailed ? ConnectionState.NoAnswer : random.Chance(0.8) ? ConnectionState.Established : ConnectionState.Reset,
                BytesOut = isFailed ? 0 : random.NextLogNormal(1500, 1),
                BytesIn = isFailed ? 0 : random.NextLogNormal(20_000, 1.5),
                Seconds = isFailed ? 0 : random.NextLogNormal(4, 1.2),
            });
            at = at.AddSeconds(random.Between(0.2, 20));
        }
    }

    private void UseServer(SimulatedHost host, DateTime at, List<FlowDraft> drafts)
    {
        SimulatedHost server = servers[random.Next(servers.Count)];
        bool isShell = random.Chance(0.1);
        drafts.Add(new FlowDraft(at, host.Address, server.Address, isShell ? 22 : 443)
        {
            Service = isShell ? "ssh" : "ssl",
            BytesOut = random.NextLogNormal(isShell ? 20_000 : 8000, 1),
            BytesIn = random.NextLogNormal(60_000, 1.2),
            Seconds = random.NextLogNormal(isShell ? 300 : 10, 1),
        });
    }

    private void CallHome(SimulatedHost host, DateTime midnight, List<FlowDraft> drafts)
    {
        DateTime end = midnight.AddDays(1);
        for (DateTime at = midnight.AddSeconds(random.Between(0, host.HomeSeconds)); at < end; at = at.AddSeconds(host.HomeSeconds * random.NextLogNormal(1, 0.6)))
        {
            drafts.Add(new FlowDraft(at, host.Address, host.Home, 8883)
            {
                BytesOut = random.Between(200, 260),
                BytesIn = random.Between(80, 120),
                Seconds = random.Between(0.2, 1),
            });
        }
    }

    private SimulatedFlow Finish(in FlowDraft draft)
    {
        bool isFailed = draft.State is ConnectionState.NoAnswer or ConnectionState.Rejected;
        long bytesOut = (long)draft.BytesOut;
        long bytesIn = (long)draft.BytesIn;
        var flow = new NetworkFlow
        {
            EventUid = $"sim-{options.Seed}-{++number}",
            OccurredAt = new DateTime(draft.At.Ticks - (draft.At.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc),
            Kind = draft.Kind,
            SourceAddress = draft.Source,
            SourcePort = random.Next(32_768, 61_000),
            DestinationAddress = draft.Destination,
            DestinationPort = draft.Port,
            Protocol = draft.Protocol,
            Service = draft.Service,
            BytesOut = bytesOut,
            BytesIn = bytesIn,
            PacketsOut = 1 + (bytesOut / 1000),
            PacketsIn = isFailed ? (draft.State == ConnectionState.Rejected ? 1 : 0) : 1 + (bytesIn / 1200),
            DurationSeconds = draft.Seconds,
            State = draft.State,
            Flags = draft.Protocol != NetworkProtocol.Tcp ? TcpControlBits.None : isFailed ? TcpControlBits.Syn : TcpControlBits.Syn | TcpControlBits.Ack | TcpControlBits.Psh | TcpControlBits.Fin,
            SourceScope = addresses.ScopeOf(draft.Source),
            DestinationScope = addresses.ScopeOf(draft.Destination),
            QueryName = draft.Query,
            IsNameUnknown = draft.IsNameUnknown,
        };
        return new SimulatedFlow(flow, draft.Truth, draft.Incident);
    }
}
