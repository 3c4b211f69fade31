namespace Ecart.Embedding;

/// <summary>A trained embedding in force. Its vectors are padded with zeros to the length that a domain stores, which changes no distance.</summary>
/// <param name="Version">The version of its vectors: above every layout's, see <see cref="IsLearned"/>.</param>
/// <param name="Model">What makes them.</param>
public sealed record LearnedEmbedding(int Version, IEmbeddingModel Model)
{
    /// <summary>The last version that a layout may have: those above are of learned models.</summary>
    public const int LastLayoutVersion = 100;

    /// <summary>Whether a version is a learned model's. Vectors of layouts have Euclidean length 1, those of learned models any.</summary>
    public static bool IsLearned(int version) => version > LastLayoutVersion;

    /// <summary>Embeds a vector of the layout.</summary>
    /// <param name="layout">The vector.</param>
    /// <param name="embedding">As long as what is stored; receives the embedding and zeros.</param>
    public void Embed(ReadOnlySpan<float> layout, Span<float> embedding)
    {
        Model.Embed(layout, embedding[..Model.Dimension]);
        embedding[Model.Dimension..].Clear();
    }
}
