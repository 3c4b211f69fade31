using Ecart.Detection.Batch;

namespace Ecart.Embedding;

/// <summary>
/// Embedding models as bytes: a mark, the version of the format, the kind, what was learned, and a SHA-256 of it all, so that neither a damaged file nor
/// one of a newer program is ever taken for a model.
/// </summary>
public static class EmbeddingModels
{
    /// <summary>The format that is written. Older ones stay readable.</summary>
    public const int Format = 1;

    private static readonly ArtefactEnvelope Envelope = new()
    {
        Mark = 0x4D454345, // "ECEM"
        Version = Format,
        WithoutMark = "This is no embedding model: the artefact does not begin with the mark of one.",
        Saved = "The embedding model was",
        Damaged = "The embedding model",
    };

    /// <summary>Makes a model of what <see cref="IEmbeddingModel.Save"/> returned; it embeds as before, bit for bit.</summary>
    /// <exception cref="ArtefactException">Damaged, of an unknown kind, or of a newer format.</exception>
    public static IEmbeddingModel Restore(ReadOnlySpan<byte> artefact)
    {
        ArtefactReader reader = Envelope.Open(artefact);
        string kind = reader.Text();
        IEmbeddingModel model = kind switch
        {
            PcaWhitening.KindName => PcaWhitening.Read(ref reader),
            AutoencoderEmbedding.KindName => AutoencoderEmbedding.Read(ref reader),
            _ => throw new ArtefactException($"There is no embedding model '{kind}'. A newer program may know it."),
        };
        reader.RequireEnd();
        return model;
    }

    internal static byte[] Pack(string kind, Action<ArtefactWriter> write)
    {
        ArtefactWriter writer = Envelope.Begin();
        writer.Text(kind);
        write(writer);
        return ArtefactEnvelope.Seal(writer);
    }
}
