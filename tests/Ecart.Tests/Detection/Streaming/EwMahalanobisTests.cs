using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class EwMahalanobisTests
{
    [Theory]
    [InlineData(1, 512)]
    [InlineData(7, 512)]
    [InlineData(128, 512)]
    [InlineData(384, 512)]
    [InlineData(7, 1)]
    public void Score_Learned_IsThatOfThePlainMatrix(int dimension, int maximumFullDimension)
    {
        var options = new EwMahalanobisOptions { HalfLife = 60, RecoveryObservations = 1000, MaximumFullDimension = maximumFullDimension, DeviationFloor = 0 };
        var detector = new EwMahalanobis(dimension, options);
        var plain = new PlainEwMahalanobis(dimension, options, isFull: dimension <= maximumFullDimension);
        var random = new SeededRandom(3);
        for (int i = 0; i < (dimension > 128 ? 25 : 120); i++)
        {
            float[] vector = new float[dimension];
            for (int j = 0; j < dimension; j++) vector[j] = (float)random.Between(-1, 1) + (j > 0 ? 0.3f * vector[j - 1] : 0);
            detector.Learn(vector);
            plain.Learn(vector);
        }

        for (int i = 0; i < 3; i++)
        {
            float[] vector = Streams.Normal(random, dimension, i);
            double expected = plain.Score(vector);
            Assert.Equal(expected, detector.Score(vector), 1e-6 * expected);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(600)]
    public void Score_Gaussian_IsAboutTheRootOfTheDimension(int dimension)
    {
        var detector = new EwMahalanobis(dimension);
        var random = new SeededRandom(3);
        Streams.LearnNormal(detector, random, 3000);

        Assert.Equal(Math.Sqrt(dimension), Streams.MeanScore(detector, random, 300), 0.15 * Math.Sqrt(dimension));
    }

    [Fact]
    public void Score_UsualValuesInAnUnusualCombination_IsHigh()
    {
        var detector = new EwMahalanobis(2);
        var random = new SeededRandom(3);
        for (int i = 0; i < 2000; i++)
        {
            double shared = random.NextNormal();
            detector.Learn([(float)(1000 + (50 * shared)), (float)((0.1 * shared) + (0.01 * random.NextNormal()))]);
        }

        Assert.True(detector.Score([1050, -0.1f]) > 8);
        Assert.True(detector.Score([1050, 0.1f]) < 3);
    }

    [Fact]
    public void Learn_FewHugeVectors_TeachNextToNothing()
    {
        var detector = new EwMahalanobis(4);
        var clean = new EwMahalanobis(4);
        var random = new SeededRandom(3);
        for (int i = 0; i < 2000; i++)
        {
            float[] vector = Streams.Normal(random, 4);
            detector.Learn(vector);
            clean.Learn(vector);
            if (i % 100 == 99) detector.Learn([1e6f, 1e6f, -1e6f, 1e6f]);
        }

        float[] probe = [3, -3, 3, 3];
        Assert.Equal(clean.Score(probe), detector.Score(probe), 0.25 * clean.Score(probe));
    }

    [Fact]
    public void Learn_GenuineShift_IsAdoptedAfterTheRecovery()
    {
        var detector = new EwMahalanobis(3, new EwMahalanobisOptions { RecoveryObservations = 80 });
        var random = new SeededRandom(3);
        Streams.LearnNormal(detector, random, 2000);

        Streams.LearnNormal(detector, random, 70, centre: 30);
        Assert.True(Streams.MeanScore(detector, random, 50, centre: 30) > 10);
        Assert.InRange(detector.OutlierShare, 0.4, 0.5);

        Streams.LearnNormal(detector, random, 15, centre: 30);
        Assert.True(Streams.MeanScore(detector, random, 50, centre: 30) < 4);
    }

    /// <summary>The same recursion on a dense matrix, solved anew for every score.</summary>
    private sealed class PlainEwMahalanobis(int dimension, EwMahalanobisOptions options, bool isFull)
    {
        private readonly double gain = 1 - Math.Pow(0.5, 1.0 / options.HalfLife);
        private readonly double[] mean = new double[dimension];
        private readonly double[] variance = new double[dimension];
        private readonly double[,] covariance = new double[dimension, dimension];
        private readonly InfluenceGate gate = new(dimension, options.RecoveryObservations);
        private int learned;
        private double count;

        public void Learn(float[] vector)
        {
            double[] residual = [.. vector.Select((x, j) => x - mean[j])];
            bool isReady = learned >= options.MinimumObservations;
            double distance = isReady ? Distance(residual) : 0;
            double weight = isReady ? gate.Weight(distance) : 1;
            double covarianceGain = weight * Math.Max(gain, 1.0 / (count + dimension + 1));
            double meanGain = isReady ? weight * Math.Max(gain, 1.0 / (count + 1)) : 1.0 / (count + 1);
            if (isReady) Move(residual, covarianceGain);
            if (isReady) gate.Take(distance);
            for (int j = 0; j < dimension; j++)
            {
                variance[j] = (1 - meanGain) * (variance[j] + (meanGain * residual[j] * residual[j]));
                mean[j] += meanGain * residual[j];
            }

            count += weight;
            learned++;
            if (learned == options.MinimumObservations)
                for (int j = 0; j < dimension; j++) covariance[j, j] = variance[j];
        }

        public double Score(float[] vector) => Distance([.. vector.Select((x, j) => x - mean[j])]) / Math.Sqrt(1 + (1.0 / count));

        private double Distance(double[] residual)
        {
            double squared = 0;
            double[] solved = isFull ? Solve(residual) : [.. residual.Select((x, j) => x / variance[j])];
            for (int j = 0; j < dimension; j++) squared += residual[j] * solved[j];
            return Math.Sqrt(squared);
        }

        private void Move(double[] residual, double g)
        {
            double shrinkage = dimension / (dimension + (2 / gain));
            int axis = (learned - options.MinimumObservations) % dimension;
            for (int i = 0; i < dimension; i++)
                for (int j = 0; j < dimension; j++)
                    covariance[i, j] = (1 - g) * (covariance[i, j] + (g * (1 - shrinkage) * residual[i] * residual[j]));
            covariance[axis, axis] += g * dimension * shrinkage * variance[axis];
        }

        private double[] Solve(double[] right)
        {
            int n = dimension;
            var a = (double[,])covariance.Clone();
            var x = (double[])right.Clone();
            for (int column = 0; column < n; column++)
            {
                for (int row = column + 1; row < n; row++)
                {
                    double factor = a[row, column] / a[column, column];
                    for (int j = column; j < n; j++) a[row, j] -= factor * a[column, j];
                    x[row] -= factor * x[column];
                }
            }

            for (int row = n - 1; row >= 0; row--)
            {
                for (int j = row + 1; j < n; j++) x[row] -= a[row, j] * x[j];
                x[row] /= a[row, row];
            }

            return x;
        }
    }
}
