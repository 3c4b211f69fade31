using System.Security.Cryptography;

namespace Ecart.Detection.Batch;

/// <summary>
/// A fitted detector as bytes: a mark, the version of the format, the kind, what was learned, and a SHA-256 of it all, so that neither a damaged
/// file nor one of a newer program is ever taken for a detector.
/// </summary>
public static class DetectorArtefact
{
    /// <summary>The format that is written. Older ones stay readable.</summary>
    public const int Version = 1;

    private const int Mark = 0x54434445; // "EDCT"

    /// <summary>Makes a detector of what <see cref="IBatchDetector.Save"/> returned; its scores are the same.</summary>
    /// <exception cref="ArtefactException">Damaged, of an unknown kind, or of a newer format.</exception>
    public static IBatchDetector Restore(ReadOnlySpan<byte> artefact)
    {
        if (artefact.Length < SHA256.HashSizeInBytes + sizeof(int)) throw new ArtefactException("The artefact is damaged: it ends too early. Train again.");
        var reader = new ArtefactReader(artefact[..^SHA256.HashSizeInBytes]);
        if (reader.Int() != Mark) throw new ArtefactException("This is no detector: the artefact does not begin with the mark of one.");
        int version = reader.Int();
        if (version > Version)
            throw new ArtefactException($"The detector was saved in format {version}; this program reads up to {Version}. Use the newer program, or train again.");
        if (!SHA256.HashData(artefact[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(artefact[^SHA256.HashSizeInBytes..]))
            throw new ArtefactException("The artefact is damaged: its checksum differs. Restore it from a backup or train again.");
        BatchDetector detector = BatchDetectors.Make(reader.Text());
        int dimension = reader.Int(1, int.MaxValue);
        detector.Restore(ref reader, dimension, reader.Doubles());
        reader.RequireEnd();
        return detector;
    }

    internal static byte[] Pack(BatchDetector detector, int dimension, ReadOnlySpan<double> trainingScores)
    {
        var writer = new ArtefactWriter();
        writer.Int(Mark);
        writer.Int(Version);
        writer.Text(detector.Kind);
        writer.Int(dimension);
        writer.Doubles(trainingScores);
        detector.WriteLearned(writer);
        return [.. writer.Written, .. SHA256.HashData(writer.Written)];
    }
}
