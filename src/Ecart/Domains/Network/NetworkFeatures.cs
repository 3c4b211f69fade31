namespace Ecart.Domains.Network;

/// <summary>
/// What a model that learns from verdicts sees of a connection: its evidence and its context, all of it known when it is scored. Finite values in this order. A
/// model names the features that it was trained on and is refused where they differ.
/// </summary>
public static class NetworkFeatures
{
    private static readonly string[] All =
    [
        "log_bytes_out", "log_bytes_in", "log_packets_out", "log_packets_in", "log_duration", "kind", "protocol", "state", "is_failed", "destination_port",
        "source_scope", "destination_scope", "hour", "distance_z", "distance_tail", "volume_tail", "surprise", "log_observations", "log_earlier_events",
        "log_seconds_since_previous", "is_new_destination", "is_new_port", "ports", "ports_there", "hosts_on_port", "new_hosts", "contacts", "failed_share",
        "failed_share_there", "failed_share_on_port", "failed_in_day", "failed_share_in_day", "regularity", "log_interval", "failed_logins",
        "flood_connections", "flood_empty_share", "log_bytes_to_new", "spread_hosts", "unknown_names", "name_randomness", "sensor_alert",
        "signatures_and_rules", "score", "untrained_rank_score",
    ];

    /// <summary>Names of the features.</summary>
    public static IReadOnlyList<string> Names => All;

    /// <summary>How many features.</summary>
    public static int Count => All.Length;
}
