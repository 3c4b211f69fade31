using Ecart.Numerics;

namespace Ecart.Learning.Tests;

/// <summary>Events of three features: fraud where the first two are high together, mostly; the third says nothing.</summary>
internal static class VerdictCase
{
    public static readonly string[] Features = ["amount", "risk", "noise"];

    public static VerdictSample Sample(int rows, ulong seed = 1, int mostOrdinary = 60_000)
    {
        var sample = new VerdictSample(Features, mostOrdinary);
        foreach ((float[] vector, bool isFraud) in Rows(rows, seed)) sample.Add(vector, isFraud);
        return sample;
    }

    public static IEnumerable<(float[] Vector, bool IsFraud)> Rows(int rows, ulong seed)
    {
        var random = new SeededRandom(seed);
        for (int i = 0; i < rows; i++)
        {
            float[] vector = [(float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble()];
            yield return (vector, random.Chance(Truth(vector)));
        }
    }

    public static double Truth(ReadOnlySpan<float> vector) => vector[0] > 0.8 && vector[1] > 0.7 ? 0.8 : 0.01;
}
