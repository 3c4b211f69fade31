using Ecart.Domains.Network;
using Ecart.Scoring;

namespace Ecart.Tests.Domains.Network;

/// <summary>An engine with the defaults that is fed connections made by hand.</summary>
internal sealed class NetworkCase
{
    public const string Host = "10.0.0.7";

    public static readonly DateTime Start = new(2025, 3, 3, 8, 0, 0, DateTimeKind.Utc);

    private static readonly NetworkAddress Addresses = new([]);
    private long seq;

    public NetworkCase(NetworkOptions? options = null) => Engine = new NetworkEngine(options ?? new NetworkOptions());

    public NetworkEngine Engine { get; }

    public static NetworkFlow Flow(
        double seconds,
        string destination = "93.184.216.34",
        int port = 443,
        string source = Host,
        ConnectionState state = ConnectionState.Established,
        NetworkProtocol protocol = NetworkProtocol.Tcp,
        long bytesOut = 900,
        long bytesIn = 9000,
        double duration = 1.5,
        int sourcePort = 40_000,
        string? service = null,
        long packetsOut = 8,
        long packetsIn = 9)
    {
        bool isFailed = state is ConnectionState.NoAnswer or ConnectionState.Rejected;
        return new NetworkFlow
        {
            EventUid = $"{source}-{destination}-{port}-{seconds}",
            OccurredAt = Start.AddTicks((long)(seconds * TimeSpan.TicksPerSecond) / 10 * 10),
            SourceAddress = source,
            SourcePort = sourcePort,
            DestinationAddress = destination,
            DestinationPort = port,
            Protocol = protocol,
            Service = service,
            State = state,
            BytesOut = isFailed ? 0 : bytesOut,
            BytesIn = isFailed ? 0 : bytesIn,
            PacketsOut = packetsOut,
            PacketsIn = isFailed ? 0 : packetsIn,
            DurationSeconds = duration,
            SourceScope = Addresses.ScopeOf(source),
            DestinationScope = Addresses.ScopeOf(destination),
        };
    }

    public static NetworkFlow Query(double seconds, string name, bool isUnknown = true) => new()
    {
        EventUid = $"query-{seconds}",
        OccurredAt = Start.AddSeconds(seconds),
        Kind = NetworkRecordKind.NameQuery,
        SourceAddress = Host,
        DestinationAddress = "10.0.0.1",
        DestinationPort = 53,
        Protocol = NetworkProtocol.Udp,
        SourceScope = AddressScope.Internal,
        DestinationScope = AddressScope.Internal,
        QueryName = name,
        IsNameUnknown = isUnknown,
    };

    public static NetworkFlow Login(double seconds, bool? succeeded, int attempts, string source = "203.0.113.9", string server = "10.0.0.2") => new()
    {
        EventUid = $"login-{seconds}",
        OccurredAt = Start.AddSeconds(seconds),
        Kind = NetworkRecordKind.Login,
        SourceAddress = source,
        DestinationAddress = server,
        DestinationPort = 22,
        Service = "ssh",
        SourceScope = AddressScope.External,
        DestinationScope = AddressScope.Internal,
        LoginSucceeded = succeeded,
        LoginAttempts = attempts,
    };

    /// <summary>Scores, then learns.</summary>
    public Verdict Feed(NetworkFlow flow)
    {
        var verdict = new Verdict(NetworkLayout.Dimension);
        Engine.Score(flow, verdict);
        Engine.Learn(new ScoredEvent(flow, verdict, 3, ++seq));
        return verdict;
    }

    /// <summary>A day of a host that visits a few sites.</summary>
    public NetworkCase WithHabit(int connections = 200)
    {
        for (int i = 0; i < connections; i++) Feed(Flow(i * 120, $"93.184.216.{1 + (i % 8)}", i % 5 == 0 ? 80 : 443, bytesOut: 700 + (i % 7 * 60), bytesIn: 8000 + (i % 11 * 300)));
        return this;
    }
}
