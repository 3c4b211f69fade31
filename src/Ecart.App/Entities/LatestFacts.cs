using Ecart.MariaDb.Entities;

namespace Ecart.App.Entities;

/// <summary>How far the newest events of an entity were from what is usual for it, as facts.</summary>
internal static class LatestFacts
{
    private const int Told = 5;
    private const double UnusualDeviations = 3;

    /// <summary>Facts of the newest events, and one of all of them first.</summary>
    public static IEnumerable<EntityFact> Of(EntityProfile? profile, IReadOnlyList<EntityEvent> events)
    {
        if (events.Count == 0) yield break;
        if (profile?.Threshold is { } threshold)
        {
            EntityEvent[] measured = [.. events.Where(one => one.Distance is not null)];
            if (measured.Length > 0) yield return new EntityFact("within", measured.Count(one => one.Distance <= threshold), measured.Length, threshold);
        }

        foreach (EntityEvent one in events.Take(Told))
        {
            yield return DistanceOf(profile, one);
            if (AmountOf(profile, one) is { } amount) yield return amount;
            if (one.Findings.Count > 0) yield return new EntityFact(EntityFact.Found, (object)one.Findings);
            if (one.SuppressedBy is { } exception) yield return new EntityFact("silenced", exception);
        }
    }

    private static EntityFact DistanceOf(EntityProfile? profile, EntityEvent one)
    {
        double? limit = one.Traits.TryGetValue("signal", out string? signal) ? profile?.Signals.FirstOrDefault(known => known.Signal == signal)?.WarningDistance : null;
        limit ??= profile?.Threshold;
        if (one.Distance is not { } distance || limit is not { } threshold) return new EntityFact("unmeasured", one.OccurredAt, one.Score ?? 0);
        return new EntityFact(distance <= threshold ? "near" : "far", one.OccurredAt, distance, threshold, threshold > 0 ? distance / threshold : 0);
    }

    private static EntityFact? AmountOf(EntityProfile? profile, EntityEvent one)
    {
        if (profile?.Account is not { } account || one.Measure is not { } amount) return null;
        double sigma = Math.Max(account.DeviationLogAmount, Math.Max(0.05 * account.MeanLogAmount, 1e-3));
        double z = (Math.Log(1 + amount) - account.MeanLogAmount) / sigma;
        return new EntityFact(z > UnusualDeviations ? "amount_high" : "amount_usual", amount, Math.Abs(z));
    }
}
