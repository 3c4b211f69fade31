using Ecart.MariaDb.Entities;

namespace Ecart.App.Entities;

/// <summary>What is usual for an entity, as facts.</summary>
internal static class UsualFacts
{
    private const int FewEvents = 10;
    private const int Listed = 5;

    /// <summary>The facts, the general ones first.</summary>
    public static IEnumerable<EntityFact> Of(EntityProfile? profile, IReadOnlyList<EntityEvent> events, IReadOnlyList<EntityDay> days)
    {
        if (profile is null) yield return new EntityFact("no_profile");
        else
        {
            yield return new EntityFact("profile", profile.ObservationCount, profile.WindowDays, profile.LastUpdated);
            if (profile.ObservationCount < FewEvents) yield return new EntityFact("young", FewEvents);
            if (profile.Threshold is { } threshold && profile.DistanceMean is { } mean && profile.Signals.Count == 0) yield return new EntityFact("distance", mean, threshold);
            foreach (EntityFact fact in OfAccount(profile.Account).Concat(OfAddress(profile.Address)).Concat(profile.Signals.SelectMany(OfSignal))) yield return fact;
        }

        if (days.Count > 0)
            yield return new EntityFact("days", days.Sum(day => day.Events), days.Count, days.Sum(day => day.Frauds), days[^1].Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        foreach ((string kind, string code) in ((string, string)[])[("country", "places"), ("resource", "resources"), ("event_type", "actions"), ("ip", "addresses")])
        {
            if (profile?.Account is not null && kind == "country") continue;
            string[] usual = [.. EntityPlots.Counted(events.Where(one => !one.IsFlagged), kind).Take(Listed).Select(item => item.Label)];
            if (usual.Length > 0) yield return new EntityFact(code, (object)usual);
        }

        string[] hours = [.. BusyHours(profile, events)];
        if (hours.Length > 0) yield return new EntityFact("hours", (object)hours);
    }

    /// <summary>The hours that hold four of five events, as spans.</summary>
    private static IEnumerable<string> BusyHours(EntityProfile? profile, IReadOnlyList<EntityEvent> events)
    {
        double[] counts = EntityPlots.Hours(profile, events);
        double sum = counts.Sum();
        if (sum < FewEvents) yield break;
        var busy = new bool[24];
        double held = 0;
        foreach (int hour in Enumerable.Range(0, 24).OrderByDescending(hour => counts[hour]))
        {
            if (held >= 0.8 * sum) break;
            busy[hour] = true;
            held += counts[hour];
        }

        for (int from = 0; from < 24; from++)
        {
            if (!busy[from]) continue;
            int to = from;
            while (to < 23 && busy[to + 1]) to++;
            yield return $"{from:00}:00–{to:00}:59";
            from = to;
        }
    }

    private static IEnumerable<EntityFact> OfAccount(AccountFigures? account)
    {
        if (account is null) yield break;
        yield return new EntityFact("amounts", account.Usual.From, account.Usual.To, account.MeanAmount, account.MaximumAmount);
        yield return new EntityFact("daily", account.MeanDailyTransactions);
        if (account.Countries.Count > 0) yield return new EntityFact("places", (object)account.Countries.Take(Listed).ToArray());
        if (account.Categories.Count > 0) yield return new EntityFact("categories", (object)account.Categories.Take(Listed).ToArray());
    }

    private static IEnumerable<EntityFact> OfAddress(AddressFigures? address)
    {
        if (address is null) yield break;
        yield return new EntityFact("host", new EntityWord("host." + address.HostType));
        yield return new EntityFact("traffic", address.ConnectionsPerHour, address.BytesPerConnection);
        if (address.Ports.Count > 0) yield return new EntityFact("ports", (object)address.Ports);
        if (address.Destinations.Count > 0) yield return new EntityFact("destinations", (object)address.Destinations.Take(Listed).ToArray());
    }

    private static IEnumerable<EntityFact> OfSignal(SignalFigures signal)
    {
        if (signal.Mean is { } mean && signal.Deviation is { } deviation) yield return new EntityFact("signal", signal.Signal, mean, deviation, signal.Minimum ?? mean, signal.Maximum ?? mean);
        yield return new EntityFact("standing", signal.Signal, new EntityWord("status." + signal.Status), signal.WarningDistance, signal.CriticalDistance);
        if (signal.HoursToFailure is { } hours)
        {
            yield return signal.HoursAtMost is { } most
                ? new EntityFact("failure", signal.Signal, hours, signal.HoursAtLeast ?? hours, most)
                : new EntityFact("failure_open", signal.Signal, hours, signal.HoursAtLeast ?? hours);
        }
    }
}
