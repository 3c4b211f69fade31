
namespace Ecart.Detection.Batch;

/// <summary>
/// A fitted detector as bytes: a mark, the version of the format, the kind, what was learned, and a SHA-256 of it all, so that neither a damaged
/// file nor one of a newer program is ever taken for a detector.
/// </summary>
public static class DetectorArtefact
{
    /// <summary>The format that is written. Older ones stay readable.</summary>
    public const int Version = 1;

    private static readonly ArtefactEnvelope Envelope = new()
    {
        Mark = 0x54434445, // "EDCT"
        Version = Version,
        WithoutMark = "This is no detector: the artefact does not begin with the mark of one.",
        Saved = "The detector was",
    };

    /// <summary>Makes a detector of what <see cref="IBatchDetector.Save"/> returned; its scores are the same.</summary>
    /// <exception cref="ArtefactException">Damaged, of an unknown kind, or of a newer format.</exception>
    public static IBatchDetector Restore(ReadOnlySpan<byte> artefact)
    {
        ArtefactReader reader = Envelope.Open(artefact);
        BatchDetector detector = BatchDetectors.Make(reader.Text());
        int dimension = reader.Int(1, int.MaxValue);
        detector.Restore(ref reader, dimension, reader.Doubles());
        reader.RequireEnd();
        return detector;
    }

    internal static byte[] Pack(BatchDetector detector, int dimension, ReadOnlySpan<double> trainingScores)
    {
        ArtefactWriter writer = Envelope.Begin();
        writer.Text(detector.Kind);
        writer.Int(dimension);
        writer.Doubles(trainingScores);
        detector.WriteLearned(writer);
        return ArtefactEnvelope.Seal(writer);
    }
}
