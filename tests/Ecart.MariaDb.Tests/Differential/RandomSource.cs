using Ecart.Domains.Network;
using Ecart.Numerics;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>
/// One random address: what it connected to before, and a last connection, the case. Every kind of source that the detectors treat differently comes up, by
/// its number.
/// </summary>
internal sealed class RandomSource
{
    public const int Kinds = 9;
    private static readonly int[] UsualPorts = [80, 443, 53, 22, 445, 8080];
    private readonly SeededRandom random;
    private readonly string address;
    private readonly string[] servers;
    private int events;

    public RandomSource(int number, ulong seed)
    {
        random = new SeededRandom((seed * 100_003) + (ulong)number);
        Kind = number % Kinds;
        address = Kind == 6 ? $"203.0.113.{number % 250}" : $"10.{number / 250}.{number % 250}.7";
        servers = [.. Enumerable.Range(0, random.Next(2, 6)).Select(i => random.Chance(0.5) ? $"10.200.{number % 250}.{i + 1}" : $"198.51.100.{random.Next(1, 250)}")];
        DateTime at = new DateTime(2026, 3, 10, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(80_000) + 3_600);
        if (Kind != 0)
        {
            int usual = Kind == 1 ? random.Next(1, 12) : random.Next(12, 60);
            DateTime start = at.AddDays(-random.Between(1, 12));
            History = [.. Enumerable.Range(0, usual).Select(_ => Usual(start.AddSeconds(random.NextDouble() * (at - start).TotalSeconds * 0.95)))];
        }

        if (Kind is 2 or 3 or 4 or 6) AddBurst(at);
        History.Sort((left, right) => left.OccurredAt.CompareTo(right.OccurredAt));
        Case = MakeCase(at);
    }

    public int Kind { get; }

    /// <summary>In the order of the log.</summary>
    public List<NetworkFlow> History { get; } = [];

    public NetworkFlow Case { get; }

    private NetworkFlow Usual(DateTime at)
    {
        bool isIcmp = random.Chance(0.03);
        bool isGroup = random.Chance(0.03);
        string destination = isGroup ? "224.0.0.251" : servers[random.Next(servers.Length)];
        return Flow(at, destination, UsualPorts[random.Next(UsualPorts.Length)], isIcmp ? NetworkProtocol.Icmp : NetworkProtocol.Tcp, random.Chance(0.05));
    }

    /// <summary>Many ports of a host, many hosts on a port, or echo requests, in the minutes before the case and a little earlier.</summary>
    private void AddBurst(DateTime at)
    {
        int count = random.Next(5, 90);
        double failed = random.NextDouble();
        for (int i = 0; i < count; i++)
        {
            DateTime when = at.AddSeconds(-random.Between(0, 500));
            History.Add(Kind switch
            {
                2 or 6 => Flow(when, "10.200.1.9", 1000 + random.Next(70), NetworkProtocol.Tcp, random.Chance(failed)),
                3 => Flow(when, $"10.201.1.{random.Next(1, 80)}", 445, NetworkProtocol.Tcp, random.Chance(failed)),
                _ => Flow(when, $"10.202.1.{random.Next(1, 80)}", 0, NetworkProtocol.Icmp, random.Chance(0.3)),
            });
        }
    }

    private NetworkFlow MakeCase(DateTime at) => Kind switch
    {
        2 or 6 => Flow(at, "10.200.1.9", 1000 + random.Next(90), NetworkProtocol.Tcp, random.Chance(0.8)),
        3 => Flow(at, $"10.201.1.{random.Next(1, 120)}", 445, NetworkProtocol.Tcp, random.Chance(0.7)),
        4 => Flow(at, $"10.202.1.{random.Next(1, 120)}", 0, NetworkProtocol.Icmp, false),
        5 => Flow(at.AddDays(-40), servers[0], 443, NetworkProtocol.Tcp, false),
        7 => new NetworkFlow
        {
            EventUid = $"{address} alert",
            Kind = NetworkRecordKind.Alert,
            SourceAddress = address,
            DestinationAddress = servers[0],
            DestinationPort = 80,
            OccurredAt = at,
            State = ConnectionState.Established,
            SourceScope = AddressScope.Internal,
            DestinationScope = AddressScope.External,
            AlertName = "ET TEST rule",
            AlertCategory = new[] { "Attempted Information Leak", "Network Scan", "A Network Trojan was detected", "Misc activity" }[random.Next(4)],
            AlertSeverity = random.Next(1, 3),
        },
        8 => Flow(at, $"198.51.100.{random.Next(1, 250)}", random.Next(1, 60_000), NetworkProtocol.Udp, false, bytes: random.NextLogNormal(1e8, 2)),
        _ => Usual(at),
    };

    private NetworkFlow Flow(DateTime at, string destination, int port, NetworkProtocol protocol, bool isFailed, double bytes = 0)
    {
        long sent = isFailed ? 0 : (long)(bytes > 0 ? bytes : random.NextLogNormal(800, 1));
        bool isEmpty = !isFailed && random.Chance(0.05);
        return new NetworkFlow
        {
            EventUid = $"{address} {++events}",
            OccurredAt = new DateTime(at.Ticks - (at.Ticks % 10), DateTimeKind.Utc),
            SourceAddress = address,
            SourcePort = protocol == NetworkProtocol.Icmp ? 8 : random.Next(30_000, 60_000),
            DestinationAddress = destination,
            DestinationPort = protocol == NetworkProtocol.Icmp ? 0 : port,
            Protocol = protocol,
            BytesOut = isEmpty ? 0 : sent,
            BytesIn = isFailed || isEmpty ? 0 : (long)random.NextLogNormal(3000, 1),
            PacketsOut = 3,
            PacketsIn = isFailed ? 0 : 4,
            DurationSeconds = random.Between(0, 5),
            State = isFailed
                ? random.Chance(0.5) ? ConnectionState.NoAnswer : ConnectionState.Rejected
                : random.Chance(0.1) ? ConnectionState.Partial : ConnectionState.Established,
            SourceScope = address.StartsWith("10.", StringComparison.Ordinal) ? AddressScope.Internal : AddressScope.External,
            DestinationScope = destination.StartsWith("224.", StringComparison.Ordinal) ? AddressScope.Group
                : destination.StartsWith("10.", StringComparison.Ordinal) ? AddressScope.Internal : AddressScope.External,
        };
    }
}
