using Ecart.Rules;

namespace Ecart.Domains.Iot;

/// <summary>What rules and exceptions of the iot domain can ask of a measurement.</summary>
public static class IotRuleFields
{
    private static readonly string[] Types = [.. Enum.GetNames<MeasurementType>().Select(static name => name.ToLowerInvariant())];

    /// <summary>All fields.</summary>
    public static RuleFields<IotContext> All { get; } = new(IotMeasurement.DomainName, [.. Event(), .. Time(), .. Signal()])
    {
        LocalTime = static (in IotContext c) => c.Event.OccurredAt,
        Windows = new(
            "device",
            ["device", "location"],
            ["device", "signal", "measurement_type", "location"],
            static (in IotContext c) => c.Windows),
    };

    private static RuleField<IotContext>[] Event() =>
    [
        Text("device", "device", static (in IotContext c) => c.Event.DeviceId),
        Text("signal", "which of the device's signals", static (in IotContext c) => c.Event.Signal),
        Text(
            "measurement_type", "what is measured: " + string.Join(", ", Types),
            static (in IotContext c) => Types[(int)c.Event.Type], TextForm.OneOf(Types)),
        Number("value", "the reading in the signal's usual unit; null when it cannot be said in it", static (in IotContext c) => c.Value),
        Number("raw_value", "the reading as it came", static (in IotContext c) => c.Event.Value),
        Text("unit", "unit as it came; null when unknown", static (in IotContext c) => c.Event.Unit),
        Text("location", "where the device is; null when unknown", static (in IotContext c) => c.Event.Location),
    ];

    private static RuleField<IotContext>[] Time() =>
    [
        Number("hour", "hour, UTC, 0 to 23", static (in IotContext c) => c.Event.OccurredAt.Hour),
        Number("day_of_week", "day, UTC, 0 (Monday) to 6 (Sunday)", static (in IotContext c) => DayOfWeek(in c)),
        Condition("is_weekend", "Saturday or Sunday, UTC", static (in IotContext c) => DayOfWeek(in c) >= 5),
    ];

    private static RuleField<IotContext>[] Signal() =>
    [
        Number("measurement_count", "the signal's earlier measurements", static (in IotContext c) => c.EarlierMeasurements),
        Number(
            "residual", "robust standard deviations above what the hour of the day brings; null without a baseline",
            static (in IotContext c) => c.Residual),
        Number("distance", "distance to what is normal for the signal; null while that is learned", static (in IotContext c) => c.Distance),
        Number(
            "distance_sigmas", "that distance in standard deviations above its mean; null while that is learned",
            static (in IotContext c) => c.DistanceSigmas),
        Number("warning_distance", "distance that is a warning; null while that is learned", static (in IotContext c) => c.WarningDistance),
        Number("critical_distance", "distance that is critical; null while that is learned", static (in IotContext c) => c.CriticalDistance),
        Number("time_series", "how far out the signal's series finds the measurement, 0 to 1; null without an opinion", static (in IotContext c) => c.TimeSeries),
        Number(
            "joint", "how far out the device's signals together are, in standard deviations; null unless the measurement ends a row of a calibrated device",
            static (in IotContext c) => c.Joint),
        Number("intervals", "usual intervals since the signal's measurement before; null while too little is known", static (in IotContext c) => c.Intervals),
        Number("unchanged", "measurements before this one, in a row, of exactly its value", static (in IotContext c) => c.Unchanged),
    ];

    private static int DayOfWeek(in IotContext context) => ((int)context.Event.OccurredAt.DayOfWeek + 6) % 7;

    private static NumberField<IotContext> Number(string name, string description, RuleValue<IotContext, double> read) => new(name, description, read);

    private static ConditionField<IotContext> Condition(string name, string description, RuleValue<IotContext, bool?> read) => new(name, description, read);

    private static TextField<IotContext> Text(string name, string description, RuleValue<IotContext, string?> read, TextForm? form = null) =>
        new(name, description, read, form);
}
