using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>
/// Distance to the nearest of clusters found by DBSCAN: chains of rows that have many others within one distance. See <see cref="ClusterDetector"/>
/// for the score.
/// </summary>
/// <remarks>M. Ester, H.-P. Kriegel, J. Sander, X. Xu, A density-based algorithm for discovering clusters in large spatial databases with noise, KDD 1996.</remarks>
public sealed class DbscanDetector : ClusterDetector
{
    /// <summary>Share of the rows that are cores where the distance is chosen.</summary>
    private const double CoreShare = 0.9;

    /// <summary>Rounding of a squared distance that was summed in single precision.</summary>
    private const double SinglePrecision = 1e-5;

    private const int None = -1;
    private double distance;
    private int minimumSamples;

    /// <summary>Makes one that is not yet fitted.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public DbscanDetector(DbscanOptions? options = null)
        : base((options ??= new()).Shape)
    {
        options.Validate();
        distance = options.Distance;
        minimumSamples = options.MinimumSamples;
    }

    /// <inheritdoc/>
    public override string Kind => "dbscan";

    private protected override int[] Label(ExactNeighbours rows, CancellationToken cancellation)
    {
        double[] core = MutualReachability.CoreDistances(rows, minimumSamples, Threads, cancellation);
        double reach = distance > 0 ? distance : core.Order().ElementAt((int)(CoreShare * (core.Length - 1)));
        double squaredReach = reach * reach * (1 + SinglePrecision);
        bool[] isCore = Array.ConvertAll(core, value => value <= reach);
        var labels = new int[rows.Rows];
        Array.Fill(labels, None);
        var squared = new float[rows.Panels.Panels * RowPanels.Width];
        var current = new float[rows.Dimension];
        var open = new Stack<int>();
        int count = 0;
        for (int first = 0; first < labels.Length; first++)
        {
            if (!isCore[first] || labels[first] != None) continue;
            labels[first] = count;
            open.Push(first);
            while (open.TryPop(out int row))
            {
                cancellation.ThrowIfCancellationRequested();
                rows.CopyRow(row, current);
                PanelDistances.Compute(rows.Panels, current, squared);
                for (int other = 0; other < labels.Length; other++)
                {
                    if (labels[other] != None || !(squared[other] <= squaredReach)) continue;
                    labels[other] = count;
                    if (isCore[other]) open.Push(other);
                }
            }

            count++;
        }

        return labels;
    }

    internal override void WriteLearned(ArtefactWriter writer)
    {
        base.WriteLearned(writer);
        writer.Double(distance);
        writer.Int(minimumSamples);
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        base.ReadLearned(ref reader, dimension);
        distance = Finite(reader.Double(), double.MaxValue);
        minimumSamples = reader.Int(1, 1000);
    }
}
