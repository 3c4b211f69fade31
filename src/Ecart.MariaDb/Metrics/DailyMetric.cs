namespace Ecart.MariaDb.Metrics;

/// <summary>One day of a domain's operation, by UTC day of event time.</summary>
/// <param name="Day">The day.</param>
/// <param name="Volume">Events.</param>
/// <param name="Anomalies">Flagged ones.</param>
/// <param name="Late">Those that came too late to be scored.</param>
/// <param name="MeanScore">Mean score; null without a scored event.</param>
/// <param name="MeanFlaggedScore">Mean score of flagged events; null without one.</param>
/// <param name="WithoutProfile">Share of the scored events that had no profile to be compared with; null without a scored event.</param>
public sealed record DailyMetric(
    DateOnly Day, long Volume, long Anomalies, long Late, double? MeanScore, double? MeanFlaggedScore, double? WithoutProfile)
{
    /// <summary>Alerts of the day's events.</summary>
    public DailyAlerts Alerts { get; init; } = DailyAlerts.None;

    /// <summary>Share of the events that are flagged.</summary>
    public double AnomalyRate => Volume == 0 ? 0 : Anomalies / (double)Volume;
}
