using Ecart.Detection.Streaming.Entities;

namespace Ecart.Domains.UserBehavior;

/// <summary>What a user's streaming detectors can look at.</summary>
internal static class UserBehaviorStreamFields
{
    private const double HoursOfDay = 24;

    public static StreamFields<UserBehaviorContext> All { get; } = new(
        UserBehaviorLayout.FeatureNames,
        static (in UserBehaviorContext c) => c.Layout,
        [
            ("log_minutes_since_previous", static (in UserBehaviorContext c) => Math.Log(1 + c.MinutesSincePrevious)),
            ("hour_sin", static (in UserBehaviorContext c) => Math.Sin(2 * Math.PI * c.Event.LocalTime.TimeOfDay.TotalHours / HoursOfDay)),
            ("hour_cos", static (in UserBehaviorContext c) => Math.Cos(2 * Math.PI * c.Event.LocalTime.TimeOfDay.TotalHours / HoursOfDay)),
            ("log_count_hour", static (in UserBehaviorContext c) => Math.Log(1.0 + c.EarlierInHour)),
            ("log_count_day", static (in UserBehaviorContext c) => Math.Log(1.0 + c.EarlierInDay)),
            ("log_failures_hour", static (in UserBehaviorContext c) => Math.Log(1.0 + c.FailuresInHour)),
            ("is_failure", static (in UserBehaviorContext c) => c.Event.Outcome == ActionOutcome.Failure ? 1 : 0),
            ("device_novelty", static (in UserBehaviorContext c) => c.Novelty.Device),
            ("agent_novelty", static (in UserBehaviorContext c) => c.Novelty.Agent),
            ("network_novelty", static (in UserBehaviorContext c) => c.Novelty.Network),
            ("country_novelty", static (in UserBehaviorContext c) => c.Novelty.Country),
            ("resource_novelty", static (in UserBehaviorContext c) => c.Novelty.Resource),
            ("type_novelty", static (in UserBehaviorContext c) => c.Novelty.Type),
            ("log_km_from_place", static (in UserBehaviorContext c) => Math.Log(1 + c.KmFromPlace)),
        ])
    {
        OfSeries = "log_count_hour",
        OfVectors = ["log_minutes_since_previous", "hour_sin", "hour_cos", "log_count_hour"],
    };
}
