using Ecart.Scoring;

namespace Ecart.Profiles;

/// <summary>
/// Probability that a merchant, device or address is compromised today, from the verdicts known of its past days: a two-state hidden
/// Markov model, filtered by Bayes' rule.
/// </summary>
/// <remarks>
/// Between days an entity becomes compromised or recovers at constant rates; on a day each event there is fraud with the
/// domain's rate, or with <see cref="CompromiseOptions.FraudShare"/> while compromised. Later clean days make the entity trustworthy again by
/// themselves, and the days whose labels are not known yet are bridged by the transition alone.
/// L. R. Rabiner, A tutorial on hidden Markov models, Proc. IEEE 77(2), 1989.
/// </remarks>
internal sealed class CompromiseFilter
{
    private const int PowerTableLength = 64;
    private readonly CompromiseOptions options;
    private readonly double stationary;
    private readonly double[] decay = new double[PowerTableLength];

    public CompromiseFilter(CompromiseOptions options)
    {
        this.options = options;
        stationary = options.CompromisePerDay / (options.CompromisePerDay + options.RecoveryPerDay);
        double keep = 1 - options.CompromisePerDay - options.RecoveryPerDay;
        for (int i = 0; i < PowerTableLength; i++) decay[i] = Math.Pow(keep, i);
    }

    /// <summary>Probability that an event today at the entity is fraud.</summary>
    /// <param name="history">Events and frauds by day.</param>
    /// <param name="knownUntil">The last day of which labels are known; not all of them yet.</param>
    /// <param name="today">The event's day.</param>
    /// <param name="domainRate">The domain's own fraud rate, in (0, 1).</param>
    public double FraudProbability(DailyHistory history, int knownUntil, int today, double domainRate)
    {
        double probability = stationary;
        double fraudRatio = options.FraudShare / domainRate;
        double cleanRatio = (1 - options.FraudShare) / (1 - domainRate);
        int previous = 0;
        foreach (ref readonly DayCount day in history.Days)
        {
            if (day.Day > knownUntil) break;
            if (previous > 0) probability = Advance(probability, day.Day - previous);
            previous = day.Day;
            double odds = probability / (1 - probability);
            // Labels of the last known day still come: what has none is not clean yet.
            int clean = day.Day == knownUntil ? 0 : Math.Max(0, day.Events - day.Frauds);
            odds *= Power(fraudRatio, day.Frauds) * Power(cleanRatio, clean);
            probability = Math.Clamp(odds / (1 + odds), 1e-9, 1 - 1e-9);
        }

        if (previous > 0) probability = Advance(probability, today - previous);
        return (options.FraudShare * probability) + (domainRate * (1 - probability));
    }

    private static double Power(double ratio, int exponent)
    {
        if (exponent > 8) return Math.Clamp(Math.Pow(ratio, exponent), 1e-30, 1e30);
        double result = 1;
        for (int i = 0; i < exponent; i++) result *= ratio;
        return result;
    }

    private double Advance(double probability, int days) =>
        stationary + ((probability - stationary) * decay[Math.Clamp(days, 0, PowerTableLength - 1)]);
}
