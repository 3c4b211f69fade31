using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Clusters;
using Ecart.Scoring;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Clusters;

public sealed class HdbscanDetectorTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new HdbscanDetector(new HdbscanOptions { Shape = new() { Threads = threads } });

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(128)]
    public void Clusters_BallsOfDifferentDensity_AreFound(int dimension)
    {
        Matrix rows = Blobs.Make(100, dimension, [0.1, 0.5, 1.5], 12, 1);
        var detector = new HdbscanDetector();
        detector.Learn(rows);

        Assert.Equal(3, detector.Clusters.Count);
        foreach (RowCluster cluster in detector.Clusters)
        {
            int ball = (int)Math.Round(cluster.Centroid.Average() / 10);
            double deviation = new[] { 0.1, 0.5, 1.5 }[ball];
            Assert.All(cluster.Centroid, value => Assert.Equal(10 * ball, value, 1.0));
            Assert.InRange(cluster.Radius, 0.9 * deviation * Math.Sqrt(dimension), deviation * (Math.Sqrt(dimension) + 6));
            Assert.InRange(cluster.Members, 95, 103);
        }

        var centre = new float[dimension];
        Assert.True(detector.Score(centre) < 0);
        Array.Fill(centre, 5);
        Assert.True(detector.Score(centre) > 0);
    }

    /// <summary>Prim's tree against Kruskal's over the full matrix of distances.</summary>
    [Fact]
    public void SpanningTree_AnyRows_HasTheLeastSumOfReachability()
    {
        Matrix rows = SampleRows.Normal(70, 3, 2);
        const int Samples = 4;
        double[] core = MutualReachability.CoreDistances(new ExactNeighbours(rows), Samples, 1, CancellationToken.None);
        var edges = new List<TreeEdge>();
        for (int left = 0; left < rows.Rows; left++)
        {
            double[] sorted = [.. Enumerable.Range(0, rows.Rows).Where(other => other != left).Select(other => Distance(rows, left, other)).Order()];
            Assert.Equal(sorted[Samples - 1], core[left], 1e-6);
            for (int right = 0; right < left; right++) edges.Add(new TreeEdge(left, right, Math.Max(Distance(rows, left, right), Math.Max(core[left], core[right]))));
        }

        double expected = 0;
        int[] part = [.. Enumerable.Range(0, rows.Rows)];
        foreach (TreeEdge edge in edges.OrderBy(edge => edge.Distance))
        {
            int from = part[edge.From], to = part[edge.To];
            if (from == to) continue;
            expected += edge.Distance;
            for (int row = 0; row < part.Length; row++)
                if (part[row] == from) part[row] = to;
        }

        Assert.Equal(expected, MutualReachability.SpanningTree(new ExactNeighbours(rows), Samples, 1, CancellationToken.None).Sum, 1e-4);
    }

    [Fact]
    public void Label_ChainOfMerges_DropsWhatIsTooSmall()
    {
        // Rows 0–3 at 1 apart, 4–7 at 2 apart, 8 alone: two clusters of four, one row in none.
        TreeEdge[] edges =
        [
            new(0, 1, 1), new(1, 2, 1), new(2, 3, 1), new(4, 5, 2), new(5, 6, 2), new(6, 7, 2), new(3, 4, 10), new(7, 8, 30),
        ];
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, -1], LinkageTree.Link(9, edges).Condense(3).Label());
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, -1, -1], LinkageTree.Link(9, edges).Condense(5).Label());
    }

    [Fact]
    public void Fit_MoreRowsThanItLooksAt_CountsAllAsMembers()
    {
        var detector = new HdbscanDetector(new HdbscanOptions { Shape = new() { MaximumRows = 300 } });
        detector.Learn(Blobs.Make(2000, 3, [0.5, 0.5], 0, 3));
        Assert.Equal(2, detector.Clusters.Count);
        Assert.InRange(detector.Clusters.Sum(cluster => cluster.Members), 3800, 4000);
        Assert.Equal(4000, detector.TrainingScores.Length);
    }

    [Fact]
    public void Fit_OneBall_IsOneCluster()
    {
        var detector = new HdbscanDetector();
        detector.Learn(Blobs.Make(40, 2, [1], 0, 4));
        Assert.Single(detector.Clusters);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<OptionsException>(() => new HdbscanDetector(new HdbscanOptions { MinimumClusterRows = 1 }));
        Assert.Throws<OptionsException>(() => new HdbscanDetector(new HdbscanOptions { MinimumSamples = 0 }));
        Assert.Throws<OptionsException>(() => new HdbscanDetector(new HdbscanOptions { Shape = new() { RadiusQuantile = double.NaN } }));
    }

    private static double Distance(Matrix rows, int left, int right)
    {
        double sum = 0;
        for (int i = 0; i < rows.Columns; i++) sum += Math.Pow((double)rows.Row(left)[i] - rows.Row(right)[i], 2);
        return Math.Sqrt(sum);
    }
}
