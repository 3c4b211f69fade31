namespace Ecart.Bench.Rules;

/// <summary>Rules of every kind, as people write them.</summary>
internal static class RuleExamples
{
    public static IReadOnlyList<string> All { get; } =
    [
        "amount > 10000 and hour between 2 and 5",
        "channel = 'wire' and country not in ('FR', 'DE') and device_novelty > 0.5",
        "category starts with 'gift' and (count_hour >= 3 or amount_day + amount > 2000)",
        "amount > 3 * amount_day / count_day and minutes_since_previous < 10",
        "is_weekend and not has_profile and amount > 500",
        "in_network(ip, '10.0.0.0/8', '192.168.0.0/16') or is_private(ip)",
        "like(merchant, 'M*7') and length(merchant) > 3",
        "time_between('22:00', '06:00') and max(amount, amount_day) > 1000",
        "count(account, 1h) > 5 and distinct(merchant, 1d) > 3 and sum(amount, 1d) + amount > 5000",
    ];
}
