namespace Ecart.Domains.UserBehavior;

/// <summary>
/// What a model that learns from verdicts sees of a user's action: its evidence and its context, all of it known when it is scored. Finite values in this order.
/// A model names the features that it was trained on and is refused where they differ.
/// </summary>
public static class UserBehaviorFeatures
{
    private static readonly string[] All =
    [
        "outcome", "hour", "has_device", "has_address", "distance_z", "distance_tail", "novelty_bits", "novelty_tail", "sequence", "sequence_step", "sequence_tail",
        "surprise", "recent_surprises", "log_observations", "events_in_hour", "events_in_day", "failures_in_hour", "failures_in_window",
        "log_minutes_since_previous", "device_novelty", "agent_novelty", "network_novelty", "country_novelty", "resource_novelty", "type_novelty", "hour_novelty",
        "log_km_from_place", "is_other_country", "sources", "source_changes", "are_sources_apart", "log_peer_events", "peer_country", "peer_network",
        "peer_resource", "peer_deed", "peer_hour", "travel", "sharing", "guessing", "signatures_and_rules", "score", "untrained_rank_score",
    ];

    /// <summary>Names of the features.</summary>
    public static IReadOnlyList<string> Names => All;

    /// <summary>How many features.</summary>
    public static int Count => All.Length;
}
