using Ecart.Rules;

namespace Ecart.Domains.Declared;

/// <summary>The numbers that every declared domain has beside its fields, and the names that fields cannot have.</summary>
internal static class DeclaredNames
{
    /// <summary>What the event's time and the entity's past give: for encoders, detectors and rules.</summary>
    public static IReadOnlyList<NumberField<DeclaredContext>> Derived { get; } =
    [
        new("hour", "local hour, 0 to 23", static (in DeclaredContext c) => c.Event.LocalTime.Hour),
        new("hour_of_day", "local time in hours, 0 to below 24", static (in DeclaredContext c) => c.Event.LocalTime.TimeOfDay.TotalHours),
        new("day_of_week", "local day, 0 (Monday) to 6 (Sunday)", static (in DeclaredContext c) => DayOfWeek(in c)),
        new("minutes_since_previous", "minutes since the entity's newest earlier event; null for the first", static (in DeclaredContext c) => c.MinutesSincePrevious),
        new("count_hour", "the entity's earlier events in the last hour", static (in DeclaredContext c) => c.EarlierInHour),
        new("count_day", "the entity's earlier events in the last 24 hours", static (in DeclaredContext c) => c.EarlierInDay),
    ];

    /// <summary>What comparing with the entity's profile gives: for rules.</summary>
    public static IReadOnlyList<RuleField<DeclaredContext>> Compared { get; } =
    [
        new NumberField<DeclaredContext>("profile_count", "normal events in the entity's profile", static (in DeclaredContext c) => c.Profile.Count),
        new ConditionField<DeclaredContext>("has_profile", "whether those are enough to compare with", static (in DeclaredContext c) => c.HasProfile),
        new ConditionField<DeclaredContext>("is_weekend", "Saturday or Sunday, local", static (in DeclaredContext c) => DayOfWeek(in c) >= 5),
        new NumberField<DeclaredContext>("distance", "distance to the entity's centroid; null without one", static (in DeclaredContext c) => c.Distance),
        new NumberField<DeclaredContext>(
            "distance_z", "that distance in standard deviations above the entity's mean; null without a profile", static (in DeclaredContext c) => c.DistanceZ),
    ];

    /// <summary>Names that the decoder, the store and the domain itself use.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
    [
        .. DeclaredField.Common, "utc_offset_minutes", "layout", .. Derived.Select(field => field.Name), .. Compared.Select(field => field.Name),
    ];

    /// <summary>What rules call the deviation of a field.</summary>
    public static string DeviationOf(string field) => field + "_z";

    /// <summary>What rules call whether a field's value is new.</summary>
    public static string NoveltyOf(string field) => field + "_is_new";

    /// <summary>What streaming detectors call the logarithm of a field.</summary>
    public static string LogarithmOf(string field) => "log_" + field;

    private static int DayOfWeek(in DeclaredContext context) => ((int)context.Event.LocalTime.DayOfWeek + 6) % 7;
}
