using Ecart.Domains.Network;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>Incidents of every kind, as they are known from captures.</summary>
internal sealed class NetworkThreats(IReadOnlyList<SimulatedHost> workstations, IReadOnlyList<SimulatedHost> servers, SeededRandom random)
{
    private static readonly int[] AttackedPorts = [22, 23, 445, 3389, 5900];
    private int incidents;

    /// <summary>Adds the incidents of a day.</summary>
    public void AddTo(List<FlowDraft> drafts, DateTime midnight, double perDay)
    {
        foreach (NetworkThreat threat in Enum.GetValues<NetworkThreat>())
        {
            if (threat == NetworkThreat.None) continue;
            int count = random.NextPoisson(perDay);
            for (int i = 0; i < count; i++) Add(threat, drafts, midnight.AddHours(random.Between(1, 16)));
        }
    }

    private void Add(NetworkThreat threat, List<FlowDraft> drafts, DateTime at)
    {
        incidents++;
        SimulatedHost victim = workstations[random.Next(workstations.Count)];
        switch (threat)
        {
            case NetworkThreat.VerticalScan:
                Scan(drafts, at, victim.Address, isVertical: true);
                break;
            case NetworkThreat.HorizontalScan:
                Scan(drafts, at, victim.Address, isVertical: false);
                break;
            case NetworkThreat.BruteForce:
                Guess(drafts, at);
                break;
            case NetworkThreat.Beacon:
                Beacon(drafts, at, victim.Address);
                break;
            case NetworkThreat.Exfiltration:
                Exfiltrate(drafts, at, victim.Address);
                break;
            case NetworkThreat.Flood:
                Flood(drafts, at, victim.Address);
                break;
            case NetworkThreat.Lateral:
                Spread(drafts, at, victim.Address);
                break;
            default:
                AskNames(drafts, at, victim.Address);
                break;
        }
    }

    private string Stranger() => $"{random.Next(45, 200)}.{random.Next(1, 254)}.{random.Next(1, 254)}.{random.Next(1, 254)}";

    private void Scan(List<FlowDraft> drafts, DateTime at, string source, bool isVertical)
    {
        int targets = random.Next(30, 120);
        int port = AttackedPorts[random.Next(AttackedPorts.Length)];
        string host = isVertical ? servers[random.Next(servers.Count)].Address : string.Empty;
        for (int i = 0; i < targets; i++)
        {
            string destination = isVertical ? host : $"10.0.{random.Next(5, 9)}.{1 + (i % 250)}";
            bool isOpen = random.Chance(0.05);
            drafts.Add(new FlowDraft(at, source, destination, isVertical ? random.Next(1, 10_000) : port)
            {
                State = isOpen ? ConnectionState.Reset : random.Chance(0.5) ? ConnectionState.Rejected : ConnectionState.NoAnswer,
                Seconds = 0.01,
                Truth = isVertical ? NetworkThreat.VerticalScan : NetworkThreat.HorizontalScan,
                Incident = incidents,
            });
            at = at.AddSeconds(random.Between(0.01, 1.5));
        }
    }

    private void Guess(List<FlowDraft> drafts, DateTime at)
    {
        string source = Stranger();
        string server = servers[random.Next(servers.Count)].Address;
        int attempts = random.Next(40, 150);
        for (int i = 0; i < attempts; i++)
        {
            drafts.Add(new FlowDraft(at, source, server, 22)
            {
                Service = "ssh",
                BytesOut = random.Between(1200, 2400),
                BytesIn = random.Between(1500, 2900),
                Seconds = random.Between(1, 4),
                Truth = NetworkThreat.BruteForce,
                Incident = incidents,
            });
            at = at.AddSeconds(random.Between(0.3, 4));
        }
    }

    private void Beacon(List<FlowDraft> drafts, DateTime at, string source)
    {
        string control = Stranger();
        double seconds = random.Between(60, 600);
        DateTime end = at.AddHours(random.Between(6, 10));
        while (at < end)
        {
            drafts.Add(new FlowDraft(at, source, control, 443)
            {
                Service = "ssl",
                BytesOut = 420 + random.Next(0, 24),
                BytesIn = 300,
                Seconds = 0.4,
                Truth = NetworkThreat.Beacon,
                Incident = incidents,
            });
            at = at.AddSeconds(seconds * random.Between(0.9, 1.1));
        }
    }

    private void Exfiltrate(List<FlowDraft> drafts, DateTime at, string source)
    {
        string drop = Stranger();
        int pieces = random.Next(2, 6);
        for (int i = 0; i < pieces; i++)
        {
            drafts.Add(new FlowDraft(at, source, drop, 443)
            {
                Service = "ssl",
                BytesOut = random.Between(8e7, 3e8),
                BytesIn = 4e5,
                Seconds = random.Between(60, 400),
                Truth = NetworkThreat.Exfiltration,
                Incident = incidents,
            });
            at = at.AddMinutes(random.Between(8, 20));
        }
    }

    private void Flood(List<FlowDraft> drafts, DateTime at, string source)
    {
        string target = Stranger();
        int connections = random.Next(3000, 5000);
        for (int i = 0; i < connections; i++)
        {
            drafts.Add(new FlowDraft(at, source, target, 80) { State = ConnectionState.NoAnswer, Truth = NetworkThreat.Flood, Incident = incidents });
            at = at.AddMilliseconds(random.Between(1, 15));
        }
    }

    private void Spread(List<FlowDraft> drafts, DateTime at, string source)
    {
        int hosts = Math.Min(workstations.Count, random.Next(8, 16));
        for (int i = 0; i < hosts; i++)
        {
            drafts.Add(new FlowDraft(at, source, workstations[random.Next(workstations.Count)].Address, 445)
            {
                BytesOut = random.Between(2e4, 9e4),
                BytesIn = random.Between(8e3, 3e4),
                Seconds = random.Between(40, 90),
                Truth = NetworkThreat.Lateral,
                Incident = incidents,
            });
            at = at.AddSeconds(random.Between(60, 180));
        }
    }

    private void AskNames(List<FlowDraft> drafts, DateTime at, string source)
    {
        int names = random.Next(30, 90);
        Span<char> letters = stackalloc char[12];
        for (int i = 0; i < names; i++)
        {
            for (int k = 0; k < letters.Length; k++) letters[k] = (char)('a' + random.Next(26));
            drafts.Add(new FlowDraft(at, source, servers[0].Address, 53)
            {
                Kind = NetworkRecordKind.NameQuery,
                Protocol = NetworkProtocol.Udp,
                Service = "dns",
                Query = $"{letters}.com",
                IsNameUnknown = true,
                Truth = NetworkThreat.GeneratedNames,
                Incident = incidents,
            });
            at = at.AddSeconds(random.Between(0.1, 4));
        }
    }
}
