namespace Ecart.Embedding;

/// <summary>
/// Makes a vector of another: a learned embedding out of that of a layout. Trained once and never changed; any number of threads may embed. The same
/// input gives the same output, bit for bit, wherever it runs.
/// </summary>
public interface IEmbeddingModel
{
    /// <summary>Stable name of the method, such as <c>pca_whitening</c>.</summary>
    string Kind { get; }

    /// <summary>Length of the vectors that it takes in.</summary>
    int InputDimension { get; }

    /// <summary>Length of the vectors that it gives.</summary>
    int Dimension { get; }

    /// <summary>Embeds a vector, without allocation.</summary>
    /// <param name="input">Finite values, <see cref="InputDimension"/> of them.</param>
    /// <param name="embedding">Receives <see cref="Dimension"/> finite values.</param>
    void Embed(ReadOnlySpan<float> input, Span<float> embedding);

    /// <summary>What was learned, as bytes.</summary>
    byte[] Save();
}
