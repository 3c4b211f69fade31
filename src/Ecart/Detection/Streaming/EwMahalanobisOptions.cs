using Ecart.Scoring;

namespace Ecart.Detection.Streaming;

/// <summary>How <see cref="EwMahalanobis"/> learns and forgets.</summary>
public sealed record EwMahalanobisOptions
{
    /// <summary>Vectors after which what was learned counts half. Default 500, 10 to 10,000,000.</summary>
    public int HalfLife { get; init; } = 500;

    /// <summary>Vectors to learn before there is an opinion. Default 10, 2 to 1,000,000.</summary>
    public int MinimumObservations { get; init; } = 10;

    /// <summary>
    /// A change is taken for the new normal once it lasted for this many vectors without interruption, or for most of somewhat more; what is shorter
    /// teaches next to nothing. Default 100, 5 to 1,000,000.
    /// </summary>
    public int RecoveryObservations { get; init; } = 100;

    /// <summary>Longest vectors whose covariances are kept, in 4 · n² bytes; of longer ones only variances. Default 512, 1 to 4,096.</summary>
    public int MaximumFullDimension { get; init; } = 512;

    /// <summary>
    /// The standard deviation of a dimension is at least this, in the vectors' units, so that one that never changed does not explode. Default 1e-3, 0 to 1e6.
    /// </summary>
    public double DeviationFloor { get; init; } = 1e-3;

    internal void Validate()
    {
        OptionsException.RequireRange(HalfLife, 10, 10_000_000, "half_life");
        OptionsException.RequireRange(MinimumObservations, 2, 1_000_000, "minimum_observations");
        OptionsException.RequireRange(RecoveryObservations, 5, 1_000_000, "recovery_observations");
        OptionsException.RequireRange(MaximumFullDimension, 1, 4096, "maximum_full_dimension");
        OptionsException.RequireRange(DeviationFloor, 0, 1e6, "deviation_floor");
    }
}
