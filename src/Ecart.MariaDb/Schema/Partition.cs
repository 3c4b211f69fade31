namespace Ecart.MariaDb.Schema;

/// <summary>One partition of an event table: a month, or a gap, which is any longer stretch of time without rows to be expected.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="From">First month it holds; null: no lower bound.</param>
/// <param name="Until">First month it does not hold; null: no upper bound.</param>
internal sealed record Partition(string Name, Month? From, Month? Until)
{
    private const string LowestGap = "p_min";
    private const string HighestGap = "p_max";

    public bool IsMonth => From is { } from && Until == from.Next;

    /// <summary>It as a clause of PARTITION BY or REORGANIZE PARTITION.</summary>
    public string Definition =>
        $"PARTITION {Name} VALUES LESS THAN ({(Until is { } until ? until.SqlLiteral : "MAXVALUE")})";

    public static Partition OfMonth(Month month) => new(month.PartitionName, month, month.Next);

    /// <summary>A stretch of time: a month where it is one, else a gap, named by where it begins.</summary>
    public static Partition Between(Month? from, Month? until)
    {
        if (until is null) return new Partition(HighestGap, from, until);
        if (from is not { } first) return new Partition(LowestGap, from, until);
        return until == first.Next ? OfMonth(first) : new Partition($"gap_{first.PartitionName[1..]}", from, until);
    }

    public bool Holds(Month month) => (From is not { } from || from <= month) && (Until is not { } until || month < until);
}
