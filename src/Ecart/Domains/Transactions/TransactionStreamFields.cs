using Ecart.Detection.Streaming.Entities;

namespace Ecart.Domains.Transactions;

/// <summary>What an account's streaming detectors can look at.</summary>
internal static class TransactionStreamFields
{
    private const double HoursOfDay = 24;

    public static StreamFields<TransactionContext> All { get; } = new(
        TransactionLayout.FeatureNames,
        static (in TransactionContext c) => c.Layout,
        [
            ("log_amount", static (in TransactionContext c) => c.LogAmount),
            ("log_minutes_since_previous", static (in TransactionContext c) => Math.Log(1 + c.MinutesSincePrevious)),
            ("hour_sin", static (in TransactionContext c) => Math.Sin(2 * Math.PI * c.Event.LocalTime.TimeOfDay.TotalHours / HoursOfDay)),
            ("hour_cos", static (in TransactionContext c) => Math.Cos(2 * Math.PI * c.Event.LocalTime.TimeOfDay.TotalHours / HoursOfDay)),
            ("log_count_hour", static (in TransactionContext c) => Math.Log(1.0 + c.EarlierInWindow)),
            ("log_count_day", static (in TransactionContext c) => Math.Log(1.0 + c.EarlierInDay)),
            ("log_amount_day", static (in TransactionContext c) => Math.Log(1 + c.AmountInDay)),
            ("merchant_novelty", static (in TransactionContext c) => c.Novelty.Merchant),
            ("category_novelty", static (in TransactionContext c) => c.Novelty.Category),
            ("country_novelty", static (in TransactionContext c) => c.Novelty.Country),
            ("device_novelty", static (in TransactionContext c) => c.Novelty.Device),
            ("log_km_from_place", static (in TransactionContext c) => Math.Log(1 + c.KmFromPlace)),
        ])
    {
        OfSeries = "log_amount",
        OfVectors = ["log_amount", "log_minutes_since_previous", "hour_sin", "hour_cos"],
    };
}
