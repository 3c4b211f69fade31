using Ecart.Detection.Streaming;
using Ecart.Numerics;

namespace Ecart.Tests.Detection.Streaming;

/// <summary>Seeded streams for tests.</summary>
internal static class Streams
{
    /// <summary>Every kind at every dimension.</summary>
    public static IEnumerable<(string Kind, int Dimension)> KindsAt(params int[] dimensions) =>
        from kind in StreamDetectors.All from dimension in dimensions select (kind, dimension);

    public static float[] Normal(SeededRandom random, int dimension, double centre = 0, double deviation = 1)
    {
        var vector = new float[dimension];
        for (int j = 0; j < dimension; j++) vector[j] = (float)(centre + (deviation * random.NextNormal()));
        return vector;
    }

    public static void LearnNormal(IStreamDetector detector, SeededRandom random, int count, double centre = 0)
    {
        for (int i = 0; i < count; i++) detector.Learn(Normal(random, detector.Dimension, centre));
    }

    public static double MeanScore(IStreamDetector detector, SeededRandom random, int count, double centre = 0)
    {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += detector.Score(Normal(random, detector.Dimension, centre));
        return sum / count;
    }
}
