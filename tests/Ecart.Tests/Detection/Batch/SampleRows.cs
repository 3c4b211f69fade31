using Ecart.Detection.Batch;
using Ecart.Numerics;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch;

/// <summary>Seeded rows to fit detectors to.</summary>
internal static class SampleRows
{
    /// <summary>Normal rows whose neighbouring dimensions are correlated, dimension j shifted by j and of standard deviation 1 + j mod 3.</summary>
    public static Matrix Normal(int rows, int columns, ulong seed)
    {
        var random = new SeededRandom(seed);
        var matrix = new Matrix(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            double previous = random.NextNormal();
            for (int column = 0; column < columns; column++)
            {
                previous = (0.6 * previous) + (0.8 * random.NextNormal());
                matrix.Row(row)[column] = (float)(column + (previous * (1 + (column % 3))));
            }
        }

        return matrix;
    }

    /// <summary>Fits, and ends when the test is cancelled.</summary>
    public static void Learn(this IBatchDetector detector, Matrix rows) => detector.Fit(rows, TestContext.Current.CancellationToken);

    /// <summary>Scores, and ends when the test is cancelled.</summary>
    public static void ScoreAll(this IBatchDetector detector, Matrix rows, Span<double> scores) =>
        detector.Score(rows, scores, TestContext.Current.CancellationToken);

    /// <summary>A copy with one value moved.</summary>
    public static float[] Moved(ReadOnlySpan<float> row, int column, float by)
    {
        float[] moved = row.ToArray();
        moved[column] += by;
        return moved;
    }
}
