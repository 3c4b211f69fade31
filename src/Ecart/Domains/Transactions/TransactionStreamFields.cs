using Ecart.Detection;
using Ecart.Detection.Streaming.Entities;
using Ecart.Rules;

namespace Ecart.Domains.Transactions;

/// <summary>
/// What an account's streaming detectors can look at: numbers of comparable size that the event and the account's own past give alone, so that a replay of the
/// log finds the same.
/// </summary>
internal static class TransactionStreamFields
{
    private const double HoursOfDay = 24;

    private static readonly Dictionary<string, RuleValue<TransactionContext, double>> Fields = new(StringComparer.Ordinal)
    {
        ["log_amount"] = static (in TransactionContext c) => c.LogAmount,
        ["log_minutes_since_previous"] = static (in TransactionContext c) => Math.Log(1 + c.MinutesSincePrevious),
        ["hour_sin"] = static (in TransactionContext c) => Math.Sin(2 * Math.PI * c.Event.LocalTime.TimeOfDay.TotalHours / HoursOfDay),
        ["hour_cos"] = static (in TransactionContext c) => Math.Cos(2 * Math.PI * c.Event.LocalTime.TimeOfDay.TotalHours / HoursOfDay),
        ["log_count_hour"] = static (in TransactionContext c) => Math.Log(1.0 + c.EarlierInWindow),
        ["log_count_day"] = static (in TransactionContext c) => Math.Log(1.0 + c.EarlierInDay),
        ["log_amount_day"] = static (in TransactionContext c) => Math.Log(1 + c.AmountInDay),
        ["merchant_novelty"] = static (in TransactionContext c) => c.Novelty.Merchant,
        ["category_novelty"] = static (in TransactionContext c) => c.Novelty.Category,
        ["country_novelty"] = static (in TransactionContext c) => c.Novelty.Country,
        ["device_novelty"] = static (in TransactionContext c) => c.Novelty.Device,
        ["log_km_from_place"] = static (in TransactionContext c) => Math.Log(1 + c.KmFromPlace),
    };

    private static readonly string[] OfSeries = ["log_amount"];
    private static readonly string[] OfVectors = ["log_amount", "log_minutes_since_previous", "hour_sin", "hour_cos"];

    /// <summary>Names of all.</summary>
    public static IReadOnlyCollection<string> Names => Fields.Keys;

    /// <summary>The fields that a detector looks at: those named, or those that say most of a transaction in few numbers.</summary>
    public static IReadOnlyList<string> Of(StreamDetectorOptions options) =>
        options.Fields.Count > 0 ? options.Fields : EntityStreams.IsSeries(options.Kind) ? OfSeries : OfVectors;

    /// <summary>What reads a field.</summary>
    public static RuleValue<TransactionContext, double> Reader(string name) => Fields[name];
}
