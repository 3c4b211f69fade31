using Ecart.Scoring;

namespace Ecart.Embedding;

/// <summary>Embeddings of stored verdicts, which may be of another version than the one in force.</summary>
internal static class StoredEmbedding
{
    /// <summary>Makes the embedding of a stored verdict anew, of the same layout, unless it is of the version in force.</summary>
    /// <param name="stored">The verdict.</param>
    /// <param name="learned">The model in force; null for the layout itself.</param>
    /// <param name="layoutVersion">Version of the layout.</param>
    /// <returns>False when nothing had to be done.</returns>
    public static bool Renew(Verdict stored, LearnedEmbedding? learned, int layoutVersion)
    {
        int version = learned?.Version ?? layoutVersion;
        if (stored.EmbeddingVersion == version) return false;
        if (!stored.HasLayout) stored.Embedding.CopyTo(stored.UseLayout(), 0);
        if (learned is not null) learned.Embed(stored.Layout, stored.Embedding);
        else stored.Layout.CopyTo(stored.Embedding);
        stored.EmbeddingVersion = version;
        return true;
    }
}
