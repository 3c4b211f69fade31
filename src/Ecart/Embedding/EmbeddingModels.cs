using System.Security.Cryptography;
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

    private const int Mark = 0x4D454345; // "ECEM"

    /// <summary>Makes a model of what <see cref="IEmbeddingModel.Save"/> returned; it embeds as before, bit for bit.</summary>
    /// <exception cref="ArtefactException">Damaged, of an unknown kind, or of a newer format.</exception>
    public static IEmbeddingModel Restore(ReadOnlySpan<byte> artefact)
    {
        if (artefact.Length < SHA256.HashSizeInBytes + sizeof(int)) throw new ArtefactException("The embedding model is damaged: it ends too early. Train again.");
        ReadOnlySpan<byte> content = artefact[..^SHA256.HashSizeInBytes];
        var reader = new ArtefactReader(content);
        if (reader.Int() != Mark) throw new ArtefactException("This is no embedding model: the artefact does not begin with the mark of one.");
        int format = reader.Int();
        if (format > Format)
            throw new ArtefactException($"The embedding model was saved in format {format}; this program reads up to {Format}. Use the newer program, or train again.");
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(artefact[^SHA256.HashSizeInBytes..]))
            throw new ArtefactException("The embedding model is damaged: its checksum differs. Restore it from a backup or train again.");
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
        var writer = new ArtefactWriter();
        writer.Int(Mark);
        writer.Int(Format);
        writer.Text(kind);
        write(writer);
        return [.. writer.Written, .. SHA256.HashData(writer.Written)];
    }
}
