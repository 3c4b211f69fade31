using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Tests.Detection.Batch.Clusters;

/// <summary>Rows in balls far from each other, with a few rows anywhere between.</summary>
internal static class Blobs
{
    /// <summary>Ball b has standard deviation <paramref name="deviations"/>[b] and its centre at 10 b in every dimension; rows take turns.</summary>
    public static Matrix Make(int rowsEach, int columns, double[] deviations, int noise, ulong seed)
    {
        var random = new SeededRandom(seed);
        var rows = new Matrix((rowsEach * deviations.Length) + noise, columns);
        for (int row = 0; row < rows.Rows; row++)
        {
            int ball = row % deviations.Length;
            bool isNoise = row >= rowsEach * deviations.Length;
            foreach (ref float value in rows.Row(row))
                value = (float)(isNoise ? random.Between(-30, 10 * (deviations.Length + 2)) : (10 * ball) + (deviations[ball] * random.NextNormal()));
        }

        return rows;
    }
}
