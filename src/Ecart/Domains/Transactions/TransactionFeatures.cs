namespace Ecart.Domains.Transactions;

/// <summary>
/// What a model that learns from verdicts sees of a transaction: its evidence and its context, all of it known when it is scored. Finite values in
/// this order. A model names the features that it was trained on and is refused where they differ.
/// </summary>
public static class TransactionFeatures
{
    internal const int Amount = 0;
    internal const int AmountRatio = 1;
    internal const int AmountDeviation = 2;
    internal const int DeviationTail = 3;
    internal const int AmountTail = 4;
    internal const int Surprise = 5;
    internal const int RecentSurprises = 6;
    internal const int Observations = 7;
    internal const int EventsInHour = 8;
    internal const int EventsInDay = 9;
    internal const int AmountInDay = 10;
    internal const int SincePrevious = 11;
    internal const int BehaviorDistance = 12;
    internal const int MerchantNovelty = 13;
    internal const int CategoryNovelty = 14;
    internal const int CountryNovelty = 15;
    internal const int DeviceNovelty = 16;
    internal const int ChannelNovelty = 17;
    internal const int HourNovelty = 18;
    internal const int Channel = 19;
    internal const int Night = 20;
    internal const int Velocity = 21;
    internal const int Travel = 22;
    internal const int Findings = 23;
    internal const int Score = 24;
    internal const int RankScore = 25;
    internal const int Entities = 26;

    private static readonly string[] Kinds = ["merchant", "device", "ip"];

    private static readonly string[] OfEvent =
    [
        "log_amount", "amount_ratio", "amount_deviation", "amount_deviation_tail", "amount_tail", "surprise", "recent_surprises", "log_observations",
        "events_in_hour", "events_in_day", "amount_in_day_ratio", "log_minutes_since_previous", "behavior_distance", "merchant_novelty",
        "category_novelty", "country_novelty", "device_novelty", "channel_novelty", "hour_novelty", "channel", "night", "velocity", "impossible_travel",
        "signatures_and_rules", "score", "untrained_rank_score",
    ];

    /// <summary>Names of the features.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. OfEvent, .. Kinds.SelectMany(kind => EntityFeatures.Names.Select(name => kind + "_" + name))];

    /// <summary>How many features.</summary>
    public static int Count => Names.Count;
}
