using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Clusters;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Clusters;

public sealed class DbscanDetectorTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new DbscanDetector(new DbscanOptions { Shape = new() { Threads = threads } });

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(128)]
    public void Clusters_BallsOfOneDensity_AreFound(int dimension)
    {
        var detector = new DbscanDetector();
        detector.Learn(Blobs.Make(100, dimension, [0.5, 0.5, 0.5], 10, 1));
        Assert.Equal(3, detector.Clusters.Count);
        Assert.All(detector.Clusters, cluster => Assert.InRange(cluster.Members, 93, 102));
    }

    /// <summary>Two moons of a chain each: DBSCAN follows them, and the ball around each holds its members.</summary>
    [Fact]
    public void Clusters_GivenDistance_JoinChainsAndLeaveOutNoise()
    {
        float[] values = [.. Enumerable.Range(0, 20).Select(i => (float)i), .. Enumerable.Range(0, 20).Select(i => 100f + i), 60];
        var detector = new DbscanDetector(new DbscanOptions { Distance = 1, MinimumSamples = 2, Shape = new() { RadiusQuantile = 1 } });
        detector.Learn(new Matrix(values, 41, 1));
        Assert.Equal(2, detector.Clusters.Count);
        Assert.Equal(9.5f, detector.Clusters[0].Centroid[0]);
        Assert.Equal(9.5, detector.Clusters[0].Radius, 1e-6);
        Assert.Equal(20, detector.Clusters[0].Members);
        Assert.Equal(31, detector.Score([50]), 1e-6);
        Assert.Equal(-0.5, detector.Score([100.5f]), 1e-5);
    }

    [Fact]
    public void Fit_AllNoise_IsOneCluster()
    {
        var detector = new DbscanDetector(new DbscanOptions { Distance = 1e-6, MinimumSamples = 3 });
        detector.Learn(SampleRows.Normal(30, 4, 2));
        Assert.Single(detector.Clusters);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<OptionsException>(() => new DbscanDetector(new DbscanOptions { Distance = -1 }));
        Assert.Throws<OptionsException>(() => new DbscanDetector(new DbscanOptions { Shape = new() { MaximumRows = 1 } }));
    }
}
