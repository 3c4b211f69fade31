using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Neighbours;

/// <summary>What of an approximate index is saved beside the rows: enough that the restored one gives the same answers.</summary>
internal static class ApproximateNeighboursArtefact
{
    public static void Write(ApproximateNeighbours index, ArtefactWriter writer)
    {
        writer.Floats(index.Centroids.Span);
        writer.Ints(index.ListOfRow);
        writer.Int(index.Probes);
        writer.Double(index.MeasuredRecall);
    }

    public static ApproximateNeighbours Read(Matrix rows, ref ArtefactReader reader)
    {
        float[] centroids = reader.Floats();
        int lists = centroids.Length / rows.Columns;
        if (lists == 0 || centroids.Length % rows.Columns != 0) throw Damaged($"{centroids.Length} values are no centroids of {rows.Columns}");
        int[] listOfRow = reader.Ints(rows.Rows);
        foreach (int list in listOfRow)
            if ((uint)list >= (uint)lists) throw Damaged($"a row is in list {list} of {lists}");
        int probes = reader.Int(1, lists);
        return ApproximateNeighbours.Restore(rows, new Matrix(centroids, lists, rows.Columns), listOfRow, probes, reader.Double());
    }

    private static ArtefactException Damaged(string what) => new($"The artefact is damaged: {what}. Restore it from a backup or train again.");
}
