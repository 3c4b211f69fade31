using Ecart.Numerics;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Numerics;

public sealed class CovarianceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(63, 7)]
    [InlineData(64, 8)]
    [InlineData(65, 16)]
    [InlineData(1000, 33)]
    [InlineData(9001, 41)]
    [InlineData(300, 130)]
    public void Of_RowsOfAnyNumberAndWidth_IsThePlainOne(int count, int columns)
    {
        Matrix rows = MakeRows(count, columns);
        var means = new double[columns];
        double[] covariance = Covariance.Of(rows, means, 2, TestContext.Current.CancellationToken);
        for (int i = 0; i < columns; i++)
        {
            Assert.Equal(Mean(rows, i), means[i], 1e-9);
            for (int j = 0; j < columns; j++) Assert.Equal(PlainCovariance(rows, i, j), covariance[(i * columns) + j], 1e-9);
        }
    }

    [Fact]
    public void Of_MoreThreads_IsTheSameToTheLastBit()
    {
        Matrix rows = MakeRows(20_000, 19);
        var means = new double[19];
        double[] one = Covariance.Of(rows, means, 1, TestContext.Current.CancellationToken);
        Assert.Equal(one, Covariance.Of(rows, means, 4, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Of_ConstantColumnFarFromZero_HasNoVariance()
    {
        Matrix rows = MakeRows(777, 5);
        for (int row = 0; row < rows.Rows; row++) rows.Row(row)[3] = 123_456.7f;
        double[] covariance = Covariance.Of(rows, new double[5], 1, TestContext.Current.CancellationToken);
        for (int column = 0; column < 5; column++) Assert.Equal(0, covariance[(3 * 5) + column]);
    }

    private static Matrix MakeRows(int count, int columns)
    {
        var random = new SeededRandom(7);
        var rows = new Matrix(count, columns);
        for (int row = 0; row < count; row++)
        {
            double common = random.NextNormal();
            for (int column = 0; column < columns; column++) rows.Row(row)[column] = (float)(column + common + random.NextNormal());
        }

        return rows;
    }

    private static double Mean(Matrix rows, int column) => Enumerable.Range(0, rows.Rows).Average(row => (double)rows.Row(row)[column]);

    private static double PlainCovariance(Matrix rows, int left, int right)
    {
        double leftMean = Mean(rows, left), rightMean = Mean(rows, right);
        return Enumerable.Range(0, rows.Rows).Average(row => (rows.Row(row)[left] - leftMean) * (rows.Row(row)[right] - rightMean));
    }
}
