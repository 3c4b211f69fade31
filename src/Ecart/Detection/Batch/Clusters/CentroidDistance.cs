using Ecart.Numerics;
using Ecart.Thresholds;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>
/// How far a vector is from the centroid of the nearest large cluster, in several divisions of the rows into few and many clusters: normal behaviour of
/// several kinds, and outliers that are far from all, also when they are many and alike. Score: one in how many rows is as far out, by the quartiles of
/// the distances (<see cref="QuartileCalibration"/>), the geometric mean over the divisions, so that none outweighs the others; 1 and more, 2 is typical.
/// </summary>
/// <remarks>
/// Z. He, X. Xu, S. Deng, Discovering cluster-based local outliers, Pattern Recognition Letters 2003, unweighted, over many divisions. The dimensions must be on
/// one scale. Memory: 4 bytes × dimensions × clusters × repetitions.
/// </remarks>
public sealed class CentroidDistance : BatchDetector
{
    /// <summary>The kind.</summary>
    internal const string KindName = "centroid_distance";

    private const int MostDivisions = 16 * 100;
    private readonly CentroidDistanceOptions options;
    private Division[] divisions = [];

    /// <summary>Makes one with default options.</summary>
    public CentroidDistance()
        : this(new CentroidDistanceOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public CentroidDistance(CentroidDistanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(KindName);
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        var random = new SeededRandom(options.Seed);
        int[] clusters = [.. options.Clusters.SelectMany(count => Enumerable.Repeat(count, options.Repetitions))];
        ulong[] seeds = [.. clusters.Select(_ => random.NextBits())];
        var made = new Division[clusters.Length];
        var scores = new double[clusters.Length][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = RowBlocks.Threads(options.Threads), CancellationToken = cancellation };
        Parallel.For(0, clusters.Length, parallel, i => (made[i], scores[i]) = Divide(rows, clusters[i], new SeededRandom(seeds[i]), cancellation));
        divisions = made;
        var means = new double[rows.Rows];
        for (int row = 0; row < means.Length; row++)
        {
            foreach (double[] surprises in scores) means[row] += surprises[row];
            means[row] = OneInHowMany(means[row] / scores.Length);
        }

        return means;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        Span<Neighbour> nearest = stackalloc Neighbour[1];
        foreach (Division division in divisions)
        {
            division.Centroids.Find(vector, nearest);
            sum += division.Calibration.Surprise(nearest[0].Distance);
        }

        return OneInHowMany(sum / divisions.Length);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation)
    {
        var nearest = new Neighbour[rows.Rows];
        scores.Clear();
        foreach (Division division in divisions)
        {
            division.Centroids.FindMany(rows, 1, nearest, options.Threads, cancellation);
            for (int row = 0; row < nearest.Length; row++) scores[row] += division.Calibration.Surprise(nearest[row].Distance) / divisions.Length;
        }

        foreach (ref double score in scores) score = OneInHowMany(score);
    }

    /// <summary>By dimension, the squared difference to the nearest centroids, each in proportion to the surprise of its division.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        contributions.Clear();
        Span<Neighbour> nearest = stackalloc Neighbour[1];
        using var scratch = new Scratch<float>(vector.Length);
        Span<float> centroid = scratch.Span;
        foreach (Division division in divisions)
        {
            division.Centroids.Find(vector, nearest);
            if (nearest[0].SquaredDistance <= 0) continue;
            division.Centroids.CopyRow(nearest[0].Row, centroid);
            double weight = division.Calibration.Surprise(nearest[0].Distance) / nearest[0].SquaredDistance / divisions.Length;
            for (int i = 0; i < centroid.Length; i++) contributions[i] += weight * ((double)vector[i] - centroid[i]) * ((double)vector[i] - centroid[i]);
        }
    }

    internal override void WriteLearned(ArtefactWriter writer)
    {
        writer.Int(divisions.Length);
        foreach (Division division in divisions)
        {
            writer.Floats(division.Centroids.CopyRows().Span);
            CalibrationArtefact.Write(writer, division.Calibration);
        }
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        divisions = new Division[reader.Int(1, MostDivisions)];
        for (int i = 0; i < divisions.Length; i++)
        {
            float[] values = reader.Floats();
            if (values.Length == 0 || values.Length % dimension != 0)
                throw new ArtefactException($"The artefact is damaged: {values.Length} values are no centroids of {dimension}. Restore it from a backup or train again.");
            var centroids = new Matrix(values, values.Length / dimension, dimension);
            if (!centroids.IsFinite()) throw new ArtefactException("The artefact is damaged: a centroid is not finite. Restore it from a backup or train again.");
            divisions[i] = new Division(new ExactNeighbours(centroids), CalibrationArtefact.Read(ref reader));
        }
    }

    private static double OneInHowMany(double surprise) => Math.Min(Math.Exp(surprise), double.MaxValue);

    private (Division Division, double[] Surprises) Divide(Matrix rows, int clusters, SeededRandom random, CancellationToken cancellation)
    {
        Matrix sample = rows.Rows <= options.Samples ? rows : rows.Select(KMeans.Choose(rows.Rows, options.Samples, random));
        (Matrix centroids, int[] sizes) = RowDivision.Make(sample, clusters, random, cancellation);
        double least = options.LeastShare * sample.Rows / centroids.Rows;
        int[] large = [.. Enumerable.Range(0, centroids.Rows).Where(cluster => sizes[cluster] >= least && sizes[cluster] > 0)];
        var kept = new ExactNeighbours(centroids.Select(large));
        var nearest = new Neighbour[rows.Rows];
        kept.FindMany(rows, 1, nearest, threads: 1, cancellation);
        double[] distances = Array.ConvertAll(nearest, found => found.Distance);
        var calibration = new QuartileCalibration(distances);
        return (new Division(kept, calibration), Array.ConvertAll(distances, calibration.Surprise));
    }

    private sealed record Division(ExactNeighbours Centroids, QuartileCalibration Calibration);
}
