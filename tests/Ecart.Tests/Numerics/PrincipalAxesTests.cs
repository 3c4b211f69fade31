using Ecart.Numerics;
using Ecart.Tests.Detection.Batch;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Numerics;

public sealed class PrincipalAxesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    public void Covariance_AnyRows_EqualsTheDefinition(int columns)
    {
        Matrix rows = SampleRows.Normal(1000, columns, 1);
        var means = new double[columns];
        double[] covariance = Covariance.Of(rows, means, 2, TestContext.Current.CancellationToken);
        for (int i = 0; i < columns; i++)
        {
            double mean = Enumerable.Range(0, rows.Rows).Average(row => (double)rows.Row(row)[i]);
            Assert.Equal(mean, means[i], 1e-12 * (1 + Math.Abs(mean)));
        }

        for (int i = 0; i < columns; i += 5)
        {
            for (int j = 0; j < columns; j += 3)
            {
                double expected = Enumerable.Range(0, rows.Rows).Average(row => (rows.Row(row)[i] - means[i]) * (rows.Row(row)[j] - means[j]));
                Assert.Equal(expected, covariance[(i * columns) + j], 1e-11);
            }
        }
    }

    [Fact]
    public void Covariance_FarFromZeroAndConstant_LosesNothing()
    {
        var rows = new Matrix(20_000, 2);
        for (int row = 0; row < rows.Rows; row++)
        {
            rows.Row(row)[0] = 16_000_000 + (row & 1);
            rows.Row(row)[1] = 0.1f;
        }

        double[] covariance = Covariance.Of(rows, new double[2], 2, TestContext.Current.CancellationToken);
        Assert.Equal([0.25, 0, 0, 0], covariance);
    }

    [Fact]
    public void Of_AnyRows_CoordinatesHaveTheVariancesAndDoNotCorrelate()
    {
        Matrix rows = SampleRows.Normal(500, 9, 2);
        PrincipalAxes axes = PrincipalAxes.Of(rows, true, 2, TestContext.Current.CancellationToken);
        var products = new double[81];
        var standardised = new double[9];
        var coordinates = new double[9];
        for (int row = 0; row < rows.Rows; row++)
        {
            axes.Standardise(rows.Row(row), standardised);
            axes.Project(standardised, coordinates);
            for (int i = 0; i < 81; i++) products[i] += coordinates[i / 9] * coordinates[i % 9] / rows.Rows;
        }

        for (int i = 0; i < 81; i++) Assert.Equal(i / 9 == i % 9 ? axes.Variances[i / 9] : 0, products[i], 1e-10);
        Assert.Equal(9, axes.Variances.Sum(), 1e-10);
    }

    /// <summary>More dimensions than the full decomposition takes: fewer rows than dimensions are exact, more of them nearly so.</summary>
    [Theory]
    [InlineData(100, 1e-9)]
    [InlineData(700, 0.02)]
    public void Of_WideRows_FindsTheLeadingVariances(int count, double tolerance)
    {
        const int Columns = 600;
        var random = new SeededRandom(3);
        var rows = new Matrix(count, Columns);
        for (int row = 0; row < count; row++)
        {
            double first = random.NextNormal() * 5, second = random.NextNormal() * 3;
            for (int column = 0; column < Columns; column++) rows.Row(row)[column] = (float)((column < 300 ? first : second) + random.NextNormal());
        }

        PrincipalAxes axes = PrincipalAxes.Of(rows, false, 2, TestContext.Current.CancellationToken);
        var means = new double[Columns];
        double[] covariance = Covariance.Of(rows, means, 2, TestContext.Current.CancellationToken);
        double trace = Enumerable.Range(0, Columns).Sum(i => covariance[(i * Columns) + i]);
        var values = new double[Columns];
        SymmetricEigen.Decompose(covariance, values, TestContext.Current.CancellationToken);
        for (int axis = 0; axis < 2; axis++) Assert.Equal(values[axis], axes.Variances[axis], tolerance * values[axis]);
        Assert.Equal(trace, axes.Variances.Sum() + (axes.OtherVariance * (Columns - axes.Count)), 1e-6 * trace);
    }
}
