namespace Ecart.Domains.Iot.Signals;

/// <summary>What is normal for the embeddings of one signal, and how far from it is worth a warning. Immutable, thread-safe.</summary>
internal sealed record DistanceProfile
{
    /// <summary>Mean embedding, of <see cref="IotLayout.Dimension"/> floats.</summary>
    public required float[] Centroid { get; init; }

    /// <summary>Embeddings that it was made of.</summary>
    public required long Count { get; init; }

    /// <summary>Mean distance.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of the distance, floored: above 0.</summary>
    public required double Deviation { get; init; }

    /// <summary>Distance that is a warning.</summary>
    public required double Warning { get; init; }

    /// <summary>Distance that is critical.</summary>
    public required double Critical { get; init; }

    /// <summary>Largest normal distance.</summary>
    public required double Largest { get; init; }

    /// <summary>Distance from which one measurement is evidence: beyond the warning, and beyond what is normal now and then.</summary>
    public double Remarkable => Math.Max(Warning, Largest);

    /// <summary>How much further is as remarkable again: a signal that has bursts has larger ones now and then.</summary>
    public double Span => Math.Max(Critical - Warning, Remarkable - Mean);
}
