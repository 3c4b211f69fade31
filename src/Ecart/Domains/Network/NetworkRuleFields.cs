using Ecart.Rules;

namespace Ecart.Domains.Network;

/// <summary>What rules and exceptions of the network domain can ask of a connection.</summary>
public static class NetworkRuleFields
{
    private static readonly string[] Protocols = NamesOf<NetworkProtocol>();
    private static readonly string[] States = NamesOf<ConnectionState>();
    private static readonly string[] Scopes = NamesOf<AddressScope>();

    /// <summary>All fields.</summary>
    public static RuleFields<NetworkContext> All { get; } = new(NetworkFlow.DomainName, [.. Event(), .. Source()])
    {
        LocalTime = static (in NetworkContext c) => c.Event.OccurredAt,
        Windows = new(
            "source_ip",
            ["source_ip", "destination_ip", "query"],
            [
                "source_ip", "destination_ip", "source_port", "destination_port", "protocol", "state", "source_scope", "destination_scope", "service", "query",
                "bytes_out", "bytes_in", "packets_out", "packets_in", "duration",
            ],
            static (in NetworkContext c) => c.Windows),
    };

    private static RuleField<NetworkContext>[] Event() =>
    [
        Text("source_ip", "address that opened the connection", static (in NetworkContext c) => c.Event.SourceAddress),
        Text("destination_ip", "address that was connected to", static (in NetworkContext c) => c.Event.DestinationAddress),
        Number("source_port", "port of the source; the ICMP type", static (in NetworkContext c) => c.Event.SourcePort),
        Number("destination_port", "port of the destination; the ICMP code", static (in NetworkContext c) => c.Event.DestinationPort),
        Text("protocol", "tcp, udp, icmp or other", static (in NetworkContext c) => Protocols[(int)c.Event.Protocol], TextForm.OneOf(Protocols)),
        Text("state", "what became of the connection", static (in NetworkContext c) => States[(int)c.Event.State], TextForm.OneOf(States)),
        Text("source_scope", "group, internal or external", static (in NetworkContext c) => Scopes[(int)c.Event.SourceScope], TextForm.OneOf(Scopes)),
        Text("destination_scope", "group, internal or external", static (in NetworkContext c) => Scopes[(int)c.Event.DestinationScope], TextForm.OneOf(Scopes)),
        Text("service", "application protocol; null when unknown", static (in NetworkContext c) => c.Event.Service),
        Text("query", "name that was asked for; null for none", static (in NetworkContext c) => c.Event.QueryName),
        Number("bytes_out", "bytes from source to destination", static (in NetworkContext c) => c.Event.BytesOut),
        Number("bytes_in", "bytes from destination to source", static (in NetworkContext c) => c.Event.BytesIn),
        Number("packets_out", "packets from source to destination", static (in NetworkContext c) => c.Event.PacketsOut),
        Number("packets_in", "packets from destination to source", static (in NetworkContext c) => c.Event.PacketsIn),
        Number("duration", "seconds", static (in NetworkContext c) => c.Event.DurationSeconds),
        Condition("is_failed", "nobody answered, or the connection was refused", static (in NetworkContext c) => c.Event.IsFailed),
        Number("hour", "hour in UTC, 0 to 23", static (in NetworkContext c) => c.Event.OccurredAt.Hour),
        Number("day_of_week", "day in UTC, 0 (Monday) to 6 (Sunday)", static (in NetworkContext c) => ((int)c.Event.OccurredAt.DayOfWeek + 6) % 7),
    ];

    private static RuleField<NetworkContext>[] Source() =>
    [
        Number("earlier_events", "the source's earlier events", static (in NetworkContext c) => c.EarlierEvents),
        Condition("is_new_destination", "the source has never connected there", static (in NetworkContext c) => c.IsNewDestination),
        Condition("is_new_port", "the source has never used the port", static (in NetworkContext c) => c.IsNewPort),
        Number("contacts", "distinct targets shortly before", static (in NetworkContext c) => c.Contacts),
        Number("failed_share", "share of them that failed", static (in NetworkContext c) => c.FailedShare),
        Number("ports", "distinct ports shortly before, weighted by failures", static (in NetworkContext c) => c.WeightedPorts),
        Number("hosts_on_port", "distinct destinations on the port shortly before, weighted by failures", static (in NetworkContext c) => c.WeightedHosts),
        Number("failed_logins", "log-ins that failed or may have, shortly before", static (in NetworkContext c) => c.FailedLogins),
        Number("regularity", "how near to a beacon, 0 to 1", static (in NetworkContext c) => c.Regularity),
        Number("bytes_to_new", "bytes sent to a new outer destination so far", static (in NetworkContext c) => c.BytesToNew),
        Number("unknown_names", "unknown names shortly before, weighted by randomness", static (in NetworkContext c) => c.UnknownNames),
        Condition("has_profile", "whether the source has enough normal events", static (in NetworkContext c) => c.HasProfile),
        Number("distance", "distance to the source's centroid; null without one", static (in NetworkContext c) => c.Distance),
        Number("distance_z", "that distance in standard deviations; null without a profile", static (in NetworkContext c) => c.DistanceZ),
    ];

    private static string[] NamesOf<TEnum>()
        where TEnum : struct, Enum =>
        [.. Enum.GetNames<TEnum>().Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static NumberField<NetworkContext> Number(string name, string description, RuleValue<NetworkContext, double> read) =>
        new(name, description, read);

    private static ConditionField<NetworkContext> Condition(string name, string description, RuleValue<NetworkContext, bool?> read) =>
        new(name, description, read);

    private static TextField<NetworkContext> Text(string name, string description, RuleValue<NetworkContext, string?> read, TextForm? form = null) =>
        new(name, description, read, form);
}
