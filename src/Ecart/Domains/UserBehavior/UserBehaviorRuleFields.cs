using Ecart.Rules;

namespace Ecart.Domains.UserBehavior;

/// <summary>What rules and exceptions of the user_behavior domain can ask of a user's action.</summary>
public static class UserBehaviorRuleFields
{
    private static readonly string[] Outcomes = [.. Enum.GetNames<ActionOutcome>().Select(static name => name.ToLowerInvariant())];

    /// <summary>All fields.</summary>
    public static RuleFields<UserBehaviorContext> All { get; } = new(
        UserBehaviorEvent.DomainName, [.. Event(), .. LocalTime(), .. User(), .. Circumstances()])
    {
        LocalTime = static (in UserBehaviorContext c) => c.Event.LocalTime,
        Windows = new(
            "user",
            ["user", "ip", "device", "resource", "session"],
            ["user", "event_type", "resource", "outcome", "ip", "user_agent", "device", "country", "city", "session", "role"],
            static (in UserBehaviorContext c) => c.Windows),
    };

    private static RuleField<UserBehaviorContext>[] Event() =>
    [
        Text("user", "user", static (in UserBehaviorContext c) => c.Event.UserId),
        Text("event_type", "kind of action", static (in UserBehaviorContext c) => c.Event.EventType),
        Text("resource", "what it was done to; null when unknown", static (in UserBehaviorContext c) => c.Event.Resource),
        Text(
            "outcome", "unknown, success or failure",
            static (in UserBehaviorContext c) => Outcomes[(int)c.Event.Outcome], TextForm.OneOf(Outcomes)),
        Text("ip", "IPv4 or IPv6 address; null when unknown", static (in UserBehaviorContext c) => c.Event.SourceIp),
        Text("user_agent", "user agent; null when unknown", static (in UserBehaviorContext c) => c.Event.UserAgent),
        Text("device", "device; null when unknown", static (in UserBehaviorContext c) => c.Event.DeviceId),
        Text("country", "country code; null when unknown", static (in UserBehaviorContext c) => c.Event.Country, TextForm.CapitalLetters(2)),
        Text("city", "city; null when unknown", static (in UserBehaviorContext c) => c.Event.City),
        Number("latitude", "degrees, -90 to 90; null when unknown", static (in UserBehaviorContext c) => c.Event.Latitude),
        Number("longitude", "degrees, -180 to 180; null when unknown", static (in UserBehaviorContext c) => c.Event.Longitude),
        Text("session", "session; null when unknown", static (in UserBehaviorContext c) => c.Event.SessionId),
        Text("role", "role of the user; null when unknown", static (in UserBehaviorContext c) => c.Event.Role),
    ];

    private static RuleField<UserBehaviorContext>[] LocalTime() =>
    [
        Number("hour", "local hour, 0 to 23", static (in UserBehaviorContext c) => c.LocalHour),
        Number("day_of_week", "local day, 0 (Monday) to 6 (Sunday)", static (in UserBehaviorContext c) => DayOfWeek(in c)),
        Condition("is_weekend", "Saturday or Sunday, local", static (in UserBehaviorContext c) => DayOfWeek(in c) >= 5),
    ];

    private static RuleField<UserBehaviorContext>[] User() =>
    [
        Number(
            "minutes_since_previous", "minutes since the user's newest earlier event; null for the first",
            static (in UserBehaviorContext c) => c.MinutesSincePrevious),
        Number("count_hour", "the user's earlier events in the last hour", static (in UserBehaviorContext c) => c.EarlierInHour),
        Number("count_day", "the user's earlier events in the last 24 hours", static (in UserBehaviorContext c) => c.EarlierInDay),
        Number("failures_hour", "the user's earlier failures in the last hour", static (in UserBehaviorContext c) => c.FailuresInHour),
        Number("profile_count", "normal events in the user's profile", static (in UserBehaviorContext c) => c.Profile.Count),
        Condition("has_profile", "whether those are enough to compare with", static (in UserBehaviorContext c) => c.HasProfile),
        Number("distance", "distance to the user's centroid; null without one", static (in UserBehaviorContext c) => c.Distance),
        Number(
            "distance_z", "that distance in standard deviations above the user's mean; null without a profile",
            static (in UserBehaviorContext c) => c.DistanceZ),
        Number(
            "sequence", "how much more the latest actions look like somebody else's than like the user's own; null while too little is known",
            static (in UserBehaviorContext c) => c.Sequence),
        Number("peer_count", "normal events of users of the same role", static (in UserBehaviorContext c) => c.PeerEvents),
    ];

    private static RuleField<UserBehaviorContext>[] Circumstances() =>
    [
        Number(
            "minutes_since_place", "minutes since the user's place was last known; null when it never was or is not now",
            static (in UserBehaviorContext c) => c.HasPreviousPlace ? c.MinutesSincePlace : double.NaN),
        Number("km_from_place", "kilometres from there; null unless both positions are known", static (in UserBehaviorContext c) => c.KmFromPlace),
        Number("sources", "devices in different networks that used the account in the last hour", static (in UserBehaviorContext c) => c.Sources),
        Number("device_novelty", "how new the device is to the user, 0 to 1", static (in UserBehaviorContext c) => c.Novelty.Device),
        Number("network_novelty", "how new the network is, 0 to 1", static (in UserBehaviorContext c) => c.Novelty.Network),
        Number("country_novelty", "how new the country is, 0 to 1", static (in UserBehaviorContext c) => c.Novelty.Country),
        Number("resource_novelty", "how new the resource is, 0 to 1", static (in UserBehaviorContext c) => c.Novelty.Resource),
        Number("type_novelty", "how new the kind of action is, 0 to 1", static (in UserBehaviorContext c) => c.Novelty.Type),
    ];

    private static int DayOfWeek(in UserBehaviorContext context) => ((int)context.Event.LocalTime.DayOfWeek + 6) % 7;

    private static NumberField<UserBehaviorContext> Number(string name, string description, RuleValue<UserBehaviorContext, double> read) =>
        new(name, description, read);

    private static ConditionField<UserBehaviorContext> Condition(string name, string description, RuleValue<UserBehaviorContext, bool?> read) =>
        new(name, description, read);

    private static TextField<UserBehaviorContext> Text(
        string name, string description, RuleValue<UserBehaviorContext, string?> read, TextForm? form = null) =>
        new(name, description, read, form);
}
