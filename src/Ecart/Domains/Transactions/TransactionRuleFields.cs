using Ecart.Rules;

namespace Ecart.Domains.Transactions;

/// <summary>What rules and exceptions of the transactions domain can ask of a transaction.</summary>
public static class TransactionRuleFields
{
    private static readonly string[] Channels = [.. Enum.GetNames<TransactionChannel>().Select(static name => name.ToLowerInvariant())];

    /// <summary>All fields.</summary>
    public static RuleFields<TransactionContext> All { get; } = new(
        TransactionEvent.DomainName, [.. Event(), .. LocalTime(), .. Account(), .. Places(), .. Histories()])
    {
        LocalTime = static (in TransactionContext c) => c.Event.LocalTime,
        Windows = new(
            "account",
            ["account", "merchant", "device", "ip"],
            ["account", "amount", "currency", "merchant", "category", "channel", "country", "city", "device", "ip"],
            static (in TransactionContext c) => c.Windows),
    };

    private static RuleField<TransactionContext>[] Event() =>
    [
        Number("amount", "amount in the domain's currency", static (in TransactionContext c) => c.Event.ScoredAmount),
        Text("currency", "currency code of the transaction", static (in TransactionContext c) => c.Event.Currency, TextForm.CapitalLetters(3)),
        Text("account", "account or card", static (in TransactionContext c) => c.Event.AccountId),
        Text("merchant", "merchant or terminal; null when unknown", static (in TransactionContext c) => c.Event.MerchantId),
        Text("category", "merchant category; null when unknown", static (in TransactionContext c) => c.Event.MerchantCategory),
        Text(
            "channel", "online, pos, atm, wire or mobile",
            static (in TransactionContext c) => Channels[(int)c.Event.Channel], TextForm.OneOf(Channels)),
        Text("country", "country code; null when unknown", static (in TransactionContext c) => c.Event.Country, TextForm.CapitalLetters(2)),
        Text("city", "city; null when unknown", static (in TransactionContext c) => c.Event.City),
        Number("latitude", "degrees, -90 to 90; null when unknown", static (in TransactionContext c) => c.Event.Latitude),
        Number("longitude", "degrees, -180 to 180; null when unknown", static (in TransactionContext c) => c.Event.Longitude),
        Text("device", "device; null when unknown", static (in TransactionContext c) => c.Event.DeviceId),
        Text("ip", "IPv4 or IPv6 address; null when unknown", static (in TransactionContext c) => c.Event.IpAddress),
    ];

    private static RuleField<TransactionContext>[] LocalTime() =>
    [
        Number("hour", "local hour, 0 to 23", static (in TransactionContext c) => c.LocalHour),
        Number("day_of_week", "local day, 0 (Monday) to 6 (Sunday)", static (in TransactionContext c) => DayOfWeek(in c)),
        Condition("is_weekend", "Saturday or Sunday, local", static (in TransactionContext c) => DayOfWeek(in c) >= 5),
    ];

    private static RuleField<TransactionContext>[] Account() =>
    [
        Number(
            "minutes_since_previous", "minutes since the account's newest earlier transaction; null for its first",
            static (in TransactionContext c) => c.MinutesSincePrevious),
        Number(
            "count_hour", "the account's earlier transactions in the last hour (in the velocity window, where that is set otherwise)",
            static (in TransactionContext c) => c.EarlierInWindow),
        Number("count_day", "the account's earlier transactions in the last 24 hours", static (in TransactionContext c) => c.EarlierInDay),
        Number("amount_day", "sum of their amounts", static (in TransactionContext c) => c.AmountInDay),
        Number("profile_count", "normal transactions in the account's profile", static (in TransactionContext c) => c.Profile.Count),
        Condition("has_profile", "whether those are enough to compare with", static (in TransactionContext c) => c.HasProfile),
        Number("distance", "distance to the account's centroid; null without one", static (in TransactionContext c) => c.Distance),
        Number(
            "distance_z", "that distance in standard deviations above the account's mean; null without a profile",
            static (in TransactionContext c) => c.HasProfile ? (c.Distance - c.DistanceMean) / c.DistanceSigma : double.NaN),
        Number(
            "amount_z", "ln(1 + amount) in standard deviations above the account's mean; null without a profile",
            static (in TransactionContext c) => AmountZ(in c)),
    ];

    private static RuleField<TransactionContext>[] Places() =>
    [
        Number(
            "minutes_since_place", "minutes since the card was last present; null when it never was or is not now",
            static (in TransactionContext c) => c.MinutesSincePlace),
        Number(
            "km_from_place", "kilometres from there; null unless both positions are known", static (in TransactionContext c) => c.KmFromPlace),
        Number("merchant_novelty", "how new the merchant is to the account, 0 to 1", static (in TransactionContext c) => c.Novelty.Merchant),
        Number("category_novelty", "how new the category is, 0 to 1", static (in TransactionContext c) => c.Novelty.Category),
        Number("country_novelty", "how new the country is, 0 to 1", static (in TransactionContext c) => c.Novelty.Country),
        Number("device_novelty", "how new the device is, 0 to 1", static (in TransactionContext c) => c.Novelty.Device),
    ];

    private static RuleField<TransactionContext>[] Histories() =>
    [
        Number(
            "merchant_frauds", "confirmed frauds at the merchant in the window of entity_history",
            static (in TransactionContext c) => c.Merchant.Frauds),
        Number("device_frauds", "confirmed frauds on the device in that window", static (in TransactionContext c) => c.Device.Frauds),
        Number("ip_frauds", "confirmed frauds from the address in that window", static (in TransactionContext c) => c.Address.Frauds),
    ];

    private static int DayOfWeek(in TransactionContext context) => ((int)context.Event.LocalTime.DayOfWeek + 6) % 7;

    private static double AmountZ(in TransactionContext context)
    {
        if (!context.HasProfile) return double.NaN;
        double mean = context.LogAmounts.Mean;
        return (context.LogAmount - mean) / context.Options.Profile.FloorSigma(context.LogAmounts.SampleDeviation, mean);
    }

    private static NumberField<TransactionContext> Number(string name, string description, RuleValue<TransactionContext, double> read) =>
        new(name, description, read);

    private static ConditionField<TransactionContext> Condition(string name, string description, RuleValue<TransactionContext, bool?> read) =>
        new(name, description, read);

    private static TextField<TransactionContext> Text(
        string name, string description, RuleValue<TransactionContext, string?> read, TextForm? form = null) =>
        new(name, description, read, form);
}
