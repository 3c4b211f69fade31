namespace Ecart.Learning;

/// <summary>A row as Microsoft.ML reads it.</summary>
internal sealed class WeightedRow
{
    public float[] Features { get; set; } = [];

    public bool IsFraud { get; set; }

    /// <summary>How many rows of the whole it stands for.</summary>
    public float Weight { get; set; }
}
