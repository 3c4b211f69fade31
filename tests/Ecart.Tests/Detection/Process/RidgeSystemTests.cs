using Ecart.Detection.Process;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Process;

public sealed class RidgeSystemTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Solve_WithoutABlock_IsWhatEliminationGivesOfTheOtherRows(int order)
    {
        var random = new SeededRandom(3);
        var all = new RidgeSystem(order);
        var block = new RidgeSystem(order);
        var gram = new double[order, order + 1];
        var penalties = new double[order];
        for (int i = 0; i < order; i++) gram[i, i] = penalties[i] = 0.1 + (i % 5);
        var features = new double[order];
        for (int row = 0; row < order + 20; row++)
        {
            for (int i = 0; i < order; i++) features[i] = random.NextNormal();
            double target = random.NextNormal() + features[0];
            all.Add(features, target);
            if (row % 3 == 0)
            {
                block.Add(features, target);
                continue;
            }

            for (int i = 0; i < order; i++)
            {
                for (int j = 0; j < order; j++) gram[i, j] += features[i] * features[j];
                gram[i, order] += features[i] * target;
            }
        }

        double[] expected = Eliminate(gram, order);
        double[] weights = all.Solve(block, penalties);

        for (int i = 0; i < order; i++) Assert.Equal(expected[i], weights[i], 1e-8);
    }

    [Fact]
    public void Solve_SumOfSystems_IsThatOfAllRows()
    {
        var one = new RidgeSystem(2);
        var other = new RidgeSystem(2);
        var both = new RidgeSystem(2);
        one.Add([1, 2], 3);
        other.Add([2, -1], 1);
        both.Add([1, 2], 3);
        both.Add([2, -1], 1);
        one.Add(other);

        Assert.Equal(both.Solve(null, [0.5, 0.5]), one.Solve(null, [0.5, 0.5]));
    }

    [Fact]
    public void Solve_RepeatedFeatures_SharesTheWeight()
    {
        var system = new RidgeSystem(3);
        for (int row = 0; row < 1000; row++) system.Add([row, row, 0], 2.0 * row);

        double[] weights = system.Solve(null, [1e-6, 1e-6, 1e-6]);

        Assert.Equal(2, weights[0] + weights[1], 1e-6);
        Assert.Equal(0, weights[2]);
    }

    private static double[] Eliminate(double[,] rows, int order)
    {
        for (int pivot = 0; pivot < order; pivot++)
        {
            for (int row = pivot + 1; row < order; row++)
            {
                double factor = rows[row, pivot] / rows[pivot, pivot];
                for (int column = pivot; column <= order; column++) rows[row, column] -= factor * rows[pivot, column];
            }
        }

        var solution = new double[order];
        for (int row = order - 1; row >= 0; row--)
        {
            double value = rows[row, order];
            for (int column = row + 1; column < order; column++) value -= rows[row, column] * solution[column];
            solution[row] = value / rows[row, row];
        }

        return solution;
    }
}
