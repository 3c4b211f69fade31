using Ecart.Detection.Batch;
using Ecart.Numerics;

namespace Ecart.Detection.Streaming;

/// <summary>How what several detectors hold is written.</summary>
internal static class StreamStateFormat
{
    /// <summary>Writes where a random sequence is.</summary>
    public static void Position(this ArtefactWriter writer, SeededRandom random)
    {
        (long first, long second, long third, long fourth) = random.Position;
        writer.Long(first);
        writer.Long(second);
        writer.Long(third);
        writer.Long(fourth);
    }

    /// <summary>A random sequence that goes on from where the written one was.</summary>
    public static SeededRandom Random(this ref ArtefactReader reader) =>
        SeededRandom.Resume((reader.Long(), reader.Long(), reader.Long(), reader.Long()));
}
