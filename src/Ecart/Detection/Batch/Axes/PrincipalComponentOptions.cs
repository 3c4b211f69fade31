using Ecart.Scoring;

namespace Ecart.Detection.Batch.Axes;

/// <summary>Settings of <see cref="PrincipalComponents"/>.</summary>
public sealed record PrincipalComponentOptions
{
    /// <summary>What the score is. Default <see cref="PrincipalComponentScore.WeightedDistance"/>, as published.</summary>
    public PrincipalComponentScore Score { get; init; } = PrincipalComponentScore.WeightedDistance;

    /// <summary>Whether each dimension is scaled to a standard deviation of 1; all are centred. Default true.</summary>
    public bool Standardise { get; init; } = true;

    /// <summary>
    /// Part of the variance that the leading axes must explain; <see cref="PrincipalComponentScore.ReconstructionError"/> measures what lies off them. At least one axis is
    /// always left over. Default 0.9, 0.01 to 0.9999.
    /// </summary>
    public double ExplainedVariance { get; init; } = 0.9;

    /// <summary>
    /// Least variance of an axis for <see cref="PrincipalComponentScore.Mahalanobis"/>, relative to the mean of all: keeps a direction that never varied from
    /// outweighing everything. Default 0.001, 1e-9 to 1.
    /// </summary>
    public double LeastVariance { get; init; } = 0.001;

    /// <summary>Threads for fitting and for scoring many rows; 0, the default, is one a processor. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    internal void Validate(string path)
    {
        OptionsException.Require(Enum.IsDefined(Score), path + ".score", Score, string.Join(", ", Enum.GetNames<PrincipalComponentScore>()));
        OptionsException.RequireRange(ExplainedVariance, 0.01, 0.9999, path + ".explained_variance");
        OptionsException.RequireRange(LeastVariance, 1e-9, 1, path + ".least_variance");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
