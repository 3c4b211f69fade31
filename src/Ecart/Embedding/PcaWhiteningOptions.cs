using Ecart.Scoring;

namespace Ecart.Embedding;

/// <summary>How <see cref="PcaWhitening"/> is trained.</summary>
public sealed record PcaWhiteningOptions
{
    /// <summary>The defaults.</summary>
    public static PcaWhiteningOptions Default { get; } = new();

    /// <summary>
    /// How far the covariance is drawn towards equal variance in every direction, 0 to 1. Default -1: as far as the sample calls for (Chen et al.,
    /// Shrinkage algorithms for MMSE covariance estimation, 2010), which is little for many rows.
    /// </summary>
    public double Shrinkage { get; init; } = -1;

    /// <summary>
    /// No direction is taken to vary less than this share of the mean variance: that something hardly ever varied is no proof that it cannot, and the
    /// first time it did would outweigh all else. Default 0.02, 1e-6 to 1.
    /// </summary>
    public double VarianceFloor { get; init; } = 0.02;

    /// <summary>
    /// Share of the variance that is kept: the directions of least variance are left out. Default 0.995, above 0 to 1.
    /// </summary>
    public double ExplainedVariance { get; init; } = 0.995;

    /// <summary>The most directions that are kept. Default 256.</summary>
    public int MaximumComponents { get; init; } = 256;

    /// <summary>Checks every range.</summary>
    /// <exception cref="OptionsException">A value is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        if (Shrinkage != -1) OptionsException.RequireRange(Shrinkage, 0, 1, "shrinkage");
        OptionsException.RequireRange(VarianceFloor, 1e-6, 1, "variance_floor");
        OptionsException.RequireRange(ExplainedVariance, 1e-6, 1, "explained_variance");
        OptionsException.RequireRange(MaximumComponents, 1, 4096, "maximum_components");
    }
}
