namespace Ecart.MariaDb.Metrics;

/// <summary>How much one input of a domain's newest day differs from the 30 days before, on samples.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="StabilityIndex">Population stability index: below 0.1 alike, above 0.25 changed.</param>
/// <param name="MeanBefore">Its mean before.</param>
/// <param name="MeanNewest">Its mean on the newest day.</param>
/// <param name="SampledBefore">Events sampled from before.</param>
/// <param name="SampledNewest">Events sampled of the newest day.</param>
/// <param name="NewestDay">The newest day.</param>
/// <param name="MeasuredAt">When it was measured, UTC.</param>
public sealed record FeatureDrift(
    string Feature, double StabilityIndex, double MeanBefore, double MeanNewest, int SampledBefore, int SampledNewest, DateOnly NewestDay, DateTime MeasuredAt);
