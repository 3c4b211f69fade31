using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>Contribution of lying outside every cluster: min(margin / scale, maximum).</summary>
public sealed record ClusterOptions
{
    /// <summary>Margin that would add 1, in units of distance. Default 0.5, right for vectors of length 1: of learned embeddings, which have any, the radius of the cluster takes its place.</summary>
    public double Scale { get; init; } = 0.5;

    /// <summary>The most it adds. Default 0.4.</summary>
    public double Maximum { get; init; } = 0.4;

    /// <summary>What a margin adds.</summary>
    /// <param name="cluster">Where the event lies; outside.</param>
    /// <param name="isUnitLength">Whether vectors have length 1.</param>
    public double Contribution(in ClusterDistance cluster, bool isUnitLength) =>
        Math.Min(cluster.Margin / (isUnitLength || !(cluster.Radius > 0) ? Scale : cluster.Radius), Maximum);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Scale, 1e-9, 1e9, path + ".scale");
        OptionsException.RequireRange(Maximum, 0, 1, path + ".maximum");
    }
}
