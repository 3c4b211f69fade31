namespace Ecart.MariaDb.Schema;

/// <summary>How a table's partitions must change. Pure: no server involved.</summary>
internal static class PartitionLayout
{
    /// <summary>
    /// The gaps to cut so that every month of a range has its own partition. The new partitions cover exactly what the gap covered.
    /// </summary>
    public static IReadOnlyList<(Partition Gap, IReadOnlyList<Partition> Into)> PlanMonths(
        IReadOnlyList<Partition> partitions, Month first, Month last)
    {
        var cuts = new List<(Partition Gap, IReadOnlyList<Partition> Into)>();
        foreach (Partition partition in partitions)
        {
            if (partition.IsMonth) continue;
            Month from = partition.From is { } lower && lower > first ? lower : first;
            Month to = partition.Until is { } upper && upper <= last ? new Month(upper.Index - 1) : last;
            if (from <= to) cuts.Add((partition, Cut(partition, from, to)));
        }

        return cuts;
    }

    /// <summary>The partitions that end at or before a month, in order.</summary>
    public static IReadOnlyList<Partition> FindBefore(IReadOnlyList<Partition> partitions, Month month) =>
        [.. partitions.Where(partition => partition.Until is { } until && until <= month)];

    private static List<Partition> Cut(Partition gap, Month first, Month last)
    {
        var into = new List<Partition>();
        if (gap.From is not { } from || from < first) into.Add(Partition.Between(gap.From, first));
        for (Month month = first; month <= last; month = month.Next) into.Add(Partition.OfMonth(month));
        if (gap.Until is not { } until || last.Next < until) into.Add(Partition.Between(last.Next, gap.Until));
        return into;
    }
}
