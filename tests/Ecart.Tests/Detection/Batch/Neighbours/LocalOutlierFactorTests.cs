using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Neighbours;
using Ecart.Scoring;
using Ecart.Tests.Vectors.Neighbours;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Neighbours;

public sealed class LocalOutlierFactorTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new LocalOutlierFactor(new LocalOutlierFactorOptions { Search = new() { Threads = threads } });

    /// <summary>The definitions of the paper, row by row.</summary>
    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Score_AnyVector_EqualsTheDefinition(int dimension)
    {
        Matrix rows = SampleRows.Normal(120, dimension, 1);
        Matrix queries = SampleRows.Normal(15, dimension, 2);
        var detector = new LocalOutlierFactor(new LocalOutlierFactorOptions { Neighbours = 6 });
        detector.Learn(rows);
        for (int row = 0; row < rows.Rows; row++) Assert.Equal(Expected(rows, rows.Row(row).ToArray(), row), detector.TrainingScores[row], 1e-5);
        for (int row = 0; row < queries.Rows; row++) Assert.Equal(Expected(rows, queries.Row(row).ToArray(), -1), detector.Score(queries.Row(row)), 1e-5);
    }

    /// <summary>What scikit-learn 1.2 says of these rows with k = 2, new vectors by novelty = True.</summary>
    [Fact]
    public void Score_KnownRows_EqualsScikitLearn()
    {
        var rows = new Matrix([0, 0, 1, 0, 0, 1, 1, 1, 5, 5, 5, 5, 9, 0], 7, 2);
        var detector = new LocalOutlierFactor(new LocalOutlierFactorOptions { Neighbours = 2 });
        detector.Learn(rows);
        AssertClose(SklearnTraining, detector.TrainingScores.ToArray());
        AssertClose(SklearnNew, [detector.Score([0.5f, 0.5f]), detector.Score([5, 5]), detector.Score([3, 9])]);
    }

    [Fact]
    public void Score_OneRow_IsOne()
    {
        var detector = new LocalOutlierFactor();
        detector.Learn(new Matrix([2, 3], 1, 2));
        Assert.Equal([1], detector.TrainingScores.ToArray());
        Assert.Equal(1, detector.Score([7, 7]));
    }

    [Fact]
    public void Options_OutOfRange_AreRefused() =>
        Assert.Contains("neighbours", Assert.Throws<OptionsException>(() => new LocalOutlierFactor(new LocalOutlierFactorOptions { Neighbours = 0 })).Message, StringComparison.Ordinal);

    private static double[] SklearnTraining => [1, 1, 1, 1, 3.328427125, 3.328427125, 1.131923142];

    private static double[] SklearnNew => [1, 1, 1];

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5 * expected[i]);
    }

    private static double Expected(Matrix rows, float[] query, int skip)
    {
        Neighbour[] nearest = PlainNeighbours.Find(rows, query, 6, skip);
        return nearest.Average(neighbour => Density(rows, PlainNeighbours.Find(rows, rows.Row(neighbour.Row), 6, neighbour.Row))) / Density(rows, nearest);
    }

    private static double Density(Matrix rows, Neighbour[] nearest) => 1 / nearest.Average(
        neighbour => Math.Max(neighbour.Distance, PlainNeighbours.Find(rows, rows.Row(neighbour.Row), 6, neighbour.Row)[^1].Distance));
}
