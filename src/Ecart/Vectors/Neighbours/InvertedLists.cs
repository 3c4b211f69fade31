namespace Ecart.Vectors.Neighbours;

/// <summary>Rows of a matrix in lists, one a centroid: each list is a run of panels, its rows in ascending order.</summary>
internal sealed class InvertedLists
{
    private const int NoRow = -1;
    private readonly int[] firstPanels;
    private readonly int[] rowOfPosition;
    private readonly int[] positionOfRow;
    private readonly double[] radii;

    /// <param name="rows">All rows.</param>
    /// <param name="centroids">A row for each list.</param>
    /// <param name="listOfRow">The list of each row.</param>
    public InvertedLists(Matrix rows, Matrix centroids, ReadOnlySpan<int> listOfRow)
    {
        int lists = centroids.Rows;
        var lengths = new int[lists];
        foreach (int list in listOfRow) lengths[list]++;
        firstPanels = new int[lists + 1];
        for (int list = 0; list < lists; list++) firstPanels[list + 1] = firstPanels[list] + ((lengths[list] + RowPanels.Width - 1) / RowPanels.Width);
        Panels = new RowPanels(firstPanels[lists], rows.Columns);
        rowOfPosition = new int[firstPanels[lists] * RowPanels.Width];
        rowOfPosition.AsSpan().Fill(NoRow);
        positionOfRow = new int[rows.Rows];
        radii = new double[lists];
        var next = new int[lists];
        for (int row = 0; row < rows.Rows; row++)
        {
            int list = listOfRow[row];
            int position = (firstPanels[list] * RowPanels.Width) + next[list]++;
            Panels.Write(position, rows.Row(row));
            rowOfPosition[position] = row;
            positionOfRow[row] = position;
            radii[list] = Math.Max(radii[list], Panels.SquaredDistance(centroids.Row(list), position));
        }

        for (int list = 0; list < lists; list++) radii[list] = Math.Sqrt(radii[list]);
    }

    public RowPanels Panels { get; }

    /// <summary>Positions of the rows.</summary>
    public int PositionOf(int row) => positionOfRow[row];

    public int RowAt(int position) => rowOfPosition[position];

    public int FirstPanel(int list) => firstPanels[list];

    public int EndPanel(int list) => firstPanels[list + 1];

    /// <summary>True when no row of a list can be nearer than a squared distance, by the triangle inequality; rounding is allowed for.</summary>
    public bool IsBeyond(int list, double distanceToCentroid, double squaredLimit)
    {
        double least = (distanceToCentroid * (1 - 1e-5)) - radii[list];
        return least > 0 && least * least > squaredLimit * (1 + 1e-5);
    }
}
