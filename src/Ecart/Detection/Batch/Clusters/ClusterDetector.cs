using System.Numerics.Tensors;
using Ecart.Numerics;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>
/// What the cluster methods share. The score is the distance to the border of the nearest cluster, min(‖x − centroid‖ − radius): negative inside,
/// in the units of the rows. Where a method finds no cluster, all rows are one.
/// </summary>
public abstract class ClusterDetector : BatchDetector
{
    private const int Noise = -1;
    private ClusterShapeOptions shape;
    private RowCluster[] clusters = [];

    private protected ClusterDetector(ClusterShapeOptions shape) => this.shape = shape;

    /// <summary>The clusters, the one with the most members first; empty before <c>Fit</c>.</summary>
    public IReadOnlyList<RowCluster> Clusters => clusters;

    private protected int Threads => shape.Threads;

    /// <summary>The cluster of each row, numbered from 0; −1 where it is in none.</summary>
    private protected abstract int[] Label(ExactNeighbours rows, CancellationToken cancellation);

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        Matrix looked = rows.Rows <= shape.MaximumRows ? rows : rows.Select(KMeans.Choose(rows.Rows, shape.MaximumRows, new SeededRandom(shape.Seed)));
        int[] labels = looked.Rows == 1 ? [0] : Label(new ExactNeighbours(looked), cancellation);
        if (Array.TrueForAll(labels, label => label == Noise)) Array.Fill(labels, 0);
        RowCluster[] made = [.. Enumerable.Range(0, labels.Max() + 1).Select(label => Describe(looked, labels, label))];
        var scores = new double[rows.Rows];
        var members = new int[made.Length];
        for (int row = 0; row < rows.Rows; row++)
        {
            if ((row & 1023) == 0) cancellation.ThrowIfCancellationRequested();
            (int nearest, scores[row]) = Nearest(made, rows.Row(row));
            if (scores[row] <= 0) members[nearest]++;
        }

        clusters = [.. made.Select((cluster, i) => cluster with { Members = members[i] }).OrderByDescending(cluster => cluster.Members)];
        return scores;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector) => Nearest(clusters, vector).Margin;

    /// <summary>By dimension, the squared difference to the centroid of the nearest cluster.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        float[] centroid = clusters[Nearest(clusters, vector).Cluster].Centroid;
        for (int i = 0; i < vector.Length; i++) contributions[i] = Math.Pow((double)vector[i] - centroid[i], 2);
    }

    private RowCluster Describe(Matrix rows, int[] labels, int label)
    {
        var sums = new double[rows.Columns];
        int count = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            if (labels[row] != label) continue;
            count++;
            ReadOnlySpan<float> values = rows.Row(row);
            for (int i = 0; i < values.Length; i++) sums[i] += values[i];
        }

        float[] centroid = Array.ConvertAll(sums, sum => (float)(sum / count));
        var distances = new List<double>(count);
        for (int row = 0; row < rows.Rows; row++)
            if (labels[row] == label) distances.Add(Distance(rows.Row(row), centroid));
        distances.Sort();
        return new RowCluster(centroid, distances[(int)Math.Ceiling(shape.RadiusQuantile * (count - 1))], count);
    }

    private static (int Cluster, double Margin) Nearest(RowCluster[] clusters, ReadOnlySpan<float> vector)
    {
        (int Cluster, double Margin) nearest = (0, double.PositiveInfinity);
        for (int i = 0; i < clusters.Length; i++)
        {
            double margin = Distance(vector, clusters[i].Centroid) - clusters[i].Radius;
            if (margin < nearest.Margin) nearest = (i, margin);
        }

        return nearest;
    }

    /// <summary>In double precision where single would overflow.</summary>
    private static double Distance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        float distance = TensorPrimitives.Distance(left, right);
        if (float.IsFinite(distance)) return distance;
        double sum = 0;
        for (int i = 0; i < left.Length; i++) sum += Math.Pow((double)left[i] - right[i], 2);
        return Math.Sqrt(sum);
    }

    internal override void WriteLearned(ArtefactWriter writer)
    {
        writer.Double(shape.RadiusQuantile);
        writer.Int(shape.MaximumRows);
        writer.Long((long)shape.Seed);
        writer.Int(clusters.Length);
        foreach (RowCluster cluster in clusters)
        {
            writer.Floats(cluster.Centroid);
            writer.Double(cluster.Radius);
            writer.Int(cluster.Members);
        }
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        shape = new ClusterShapeOptions { RadiusQuantile = Finite(reader.Double(), 1), MaximumRows = reader.Int(2, 100_000), Seed = (ulong)reader.Long() };
        int count = reader.Int(1, int.MaxValue);
        var read = new List<RowCluster>();
        for (int i = 0; i < count; i++) read.Add(new RowCluster(reader.Floats(dimension), Finite(reader.Double(), double.MaxValue), reader.Int(0, int.MaxValue)));
        if (read.Exists(cluster => !TensorPrimitives.IsFiniteAll<float>(cluster.Centroid))) throw Damaged("a centroid is not finite");
        clusters = [.. read];
    }

    private protected static double Finite(double value, double most) => value >= 0 && value <= most ? value : throw Damaged($"{value} where 0 to {most} is expected");

    private static ArtefactException Damaged(string what) => new($"The artefact is damaged: {what}. Restore it from a backup or train again.");
}
