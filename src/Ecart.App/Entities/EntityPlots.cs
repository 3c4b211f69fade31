using System.Globalization;
using Ecart.MariaDb.Entities;

namespace Ecart.App.Entities;

/// <summary>What is counted of an entity.</summary>
internal static class EntityPlots
{
    private const int Listed = 10;
    private const int ShownDays = 30;
    private static readonly string[] Kinds = ["country", "category", "channel", "merchant", "destination", "port", "protocol", "signal", "event_type", "resource", "outcome", "ip"];

    /// <summary>All counts that tell something.</summary>
    public static IEnumerable<EntityCounts> Of(EntityProfile? profile, IReadOnlyList<EntityEvent> events, IReadOnlyList<EntityDay> days)
    {
        double[] hours = Hours(profile, events);
        if (hours.Sum() > 0) yield return new EntityCounts("hour", [.. hours.Select((count, hour) => new EntityCount(hour.ToString("00", CultureInfo.InvariantCulture), count))]);
        if (days.Count > 0)
            yield return new EntityCounts("day", [.. days.TakeLast(ShownDays).Select(day => new EntityCount(day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Events))]);
        foreach (string kind in Kinds)
        {
            EntityCount[] counted = [.. Counted(events, kind).Take(Listed)];
            if (counted.Length > 0) yield return new EntityCounts(kind, counted);
        }

        EntityCount[] findings = [.. events.SelectMany(one => one.Findings.Distinct()).CountBy(code => code).OrderByDescending(pair => pair.Value).Select(pair => new EntityCount(pair.Key, pair.Value))];
        if (findings.Length > 0) yield return new EntityCounts("finding", findings);
        EntityCount[] beacons = [.. Counted(events.Where(one => one.Findings.Contains("beaconing")), "destination").Take(Listed)];
        if (beacons.Length > 0) yield return new EntityCounts("beacon", beacons);
    }

    /// <summary>Values of a kind, the most frequent first.</summary>
    public static IEnumerable<EntityCount> Counted(IEnumerable<EntityEvent> events, string kind) => events
        .Where(one => one.Traits.ContainsKey(kind)).CountBy(one => one.Traits[kind])
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new EntityCount(pair.Key, pair.Value));

    /// <summary>Events by local hour: of the profile where it counts them, else of the newest events.</summary>
    public static double[] Hours(EntityProfile? profile, IReadOnlyList<EntityEvent> events)
    {
        var hours = new double[24];
        if (profile?.Account is { HourlyCounts: { Count: 24 } counted } && counted.Sum() > 0)
        {
            for (int hour = 0; hour < 24; hour++) hours[hour] = counted[hour];
            return hours;
        }

        foreach (EntityEvent one in events) hours[one.LocalHour]++;
        return hours;
    }
}
