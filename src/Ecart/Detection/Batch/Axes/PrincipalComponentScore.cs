namespace Ecart.Detection.Batch.Axes;

/// <summary>How <see cref="PrincipalComponents"/> turns the coordinates of a vector into a score.</summary>
public enum PrincipalComponentScore
{
    /// <summary>
    /// Sum over the axes of the distance between the standardised vector and the axis' unit vector, divided by the part of the variance that the axis explains. The
    /// convention of PyOD, which published results follow. Its weights favour the axes that vary least, and there the distance is nearly the length of the
    /// standardised vector, so that it measures mostly that length.
    /// </summary>
    WeightedDistance,

    /// <summary>Sum of the squared coordinates, each divided by its axis' variance: Shyu's classifier with all components, the squared Mahalanobis distance.</summary>
    Mahalanobis,

    /// <summary>Squared distance from the subspace of the leading axes (Q statistic): what the common pattern of the dimensions does not explain.</summary>
    ReconstructionError,
}
