using System.Globalization;

namespace Ecart.MariaDb.Schema;

/// <summary>A calendar month of UTC, as months since the year 0.</summary>
internal readonly record struct Month(int Index) : IComparable<Month>
{
    public static Month Of(DateTime time) => new((time.Year * 12) + time.Month - 1);

    public DateOnly FirstDay => new(Index / 12, (Index % 12) + 1, 1);

    /// <summary>Name of its partition, for example <c>p202504</c>.</summary>
    public string PartitionName => FirstDay.ToString("'p'yyyyMM", CultureInfo.InvariantCulture);

    /// <summary>Its first day as a SQL literal.</summary>
    public string SqlLiteral => FirstDay.ToString("\\'yyyy-MM-dd\\'", CultureInfo.InvariantCulture);

    public Month Next => new(Index + 1);

    public int CompareTo(Month other) => Index.CompareTo(other.Index);

    public static bool operator <(Month left, Month right) => left.Index < right.Index;

    public static bool operator >(Month left, Month right) => left.Index > right.Index;

    public static bool operator <=(Month left, Month right) => left.Index <= right.Index;

    public static bool operator >=(Month left, Month right) => left.Index >= right.Index;
}
