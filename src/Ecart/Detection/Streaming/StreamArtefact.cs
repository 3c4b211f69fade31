using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming;

/// <summary>
/// A streaming detector as bytes: a mark, the version of the format, the kind, its options and state, and a SHA-256 of it all, so that neither
/// damaged bytes nor those of a newer program are ever taken for a detector.
/// </summary>
public static class StreamArtefact
{
    /// <summary>The format that is written. Older ones stay readable.</summary>
    public const int Version = 1;

    private static readonly ArtefactEnvelope Envelope = new()
    {
        Mark = 0x54534345, // "ECST"
        Version = Version,
        WithoutMark = "This is no streaming detector: the artefact does not begin with the mark of one.",
        Saved = "The detector was",
        Remedy = "begin anew",
        ShortRemedy = "Restore it from a backup or begin anew.",
    };

    /// <summary>Makes a detector of what <see cref="IStreamDetector.Save"/> returned; it goes on as the saved one would.</summary>
    /// <exception cref="ArtefactException">Damaged, of an unknown kind, or of a newer format.</exception>
    public static IStreamDetector Restore(ReadOnlySpan<byte> artefact)
    {
        ArtefactReader reader = Envelope.Open(artefact);
        StreamKind kind = StreamDetectors.Of(reader.Text());
        int dimension = reader.Int(1, StreamDetector.MaximumDimension);
        long learned = reader.Long();
        try
        {
            StreamDetector detector = kind.Read(ref reader, dimension);
            detector.RestoreLearned(learned);
            reader.RequireEnd();
            return detector;
        }
        catch (OptionsException error)
        {
            throw new ArtefactException("The artefact is damaged: " + error.Message + " Restore it from a backup or begin anew.");
        }
    }

    internal static byte[] Pack(StreamDetector detector)
    {
        ArtefactWriter writer = Envelope.Begin();
        writer.Text(detector.Kind);
        writer.Int(detector.Dimension);
        writer.Long(detector.Learned);
        detector.WriteState(writer);
        return ArtefactEnvelope.Seal(writer);
    }
}
