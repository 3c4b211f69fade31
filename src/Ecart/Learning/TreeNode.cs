namespace Ecart.Learning;

/// <summary>An inner node of a tree.</summary>
/// <param name="Feature">Position of the feature that decides.</param>
/// <param name="Threshold">Up to here, this included, the way leads to <paramref name="Lower"/>; NaN does too.</param>
/// <param name="Lower">The next node, or ~leaf.</param>
/// <param name="Higher">The next node, or ~leaf, above the threshold.</param>
/// <param name="Value">Mean of the leaves below, by how many training rows each had.</param>
public readonly record struct TreeNode(int Feature, float Threshold, int Lower, int Higher, double Value)
{
    internal int Next(ReadOnlySpan<float> vector) => vector[Feature] > Threshold ? Higher : Lower;
}
