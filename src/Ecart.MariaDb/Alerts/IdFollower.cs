using System.Globalization;
using System.Text;

namespace Ecart.MariaDb.Alerts;

/// <summary>
/// Follows numbers that a table gives out in order but shows out of order: transactions that end late fill gaps. A gap is looked at until it is filled or a minute
/// old; numbers that were never used, which bulk loads leave, are given up then. Not thread-safe.
/// </summary>
internal sealed class IdFollower(long begin)
{
    private const int MostGaps = 1000;
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromMinutes(1);
    private List<(long First, long Last, DateTime Until)> gaps = [];
    private long highest = begin;

    /// <summary>Every number up to this one was seen or is given up.</summary>
    public long Floor => gaps.Count == 0 ? highest : gaps[0].First - 1;

    /// <summary>SQL condition on a column for numbers that were not seen yet.</summary>
    public string Condition(string column, DateTime now)
    {
        gaps.RemoveAll(gap => gap.Until <= now);
        if (gaps.Count > MostGaps) gaps.RemoveRange(0, gaps.Count - MostGaps);
        var sql = new StringBuilder("(").Append(CultureInfo.InvariantCulture, $"{column} > {highest}");
        foreach ((long first, long last, _) in gaps) sql.Append(CultureInfo.InvariantCulture, $" OR {column} BETWEEN {first} AND {last}");
        return sql.Append(')').ToString();
    }

    /// <summary>Notes numbers that were seen.</summary>
    public void Saw(IEnumerable<long> ids, DateTime now)
    {
        foreach (long id in ids.Order())
        {
            if (id <= highest)
            {
                Fill(id);
                continue;
            }

            if (id > highest + 1) gaps.Add((highest + 1, id - 1, now + GivenUpAfter));
            highest = id;
        }
    }

    private void Fill(long id)
    {
        int place = gaps.FindIndex(gap => id >= gap.First && id <= gap.Last);
        if (place < 0) return;
        (long first, long last, DateTime until) = gaps[place];
        var rest = new List<(long First, long Last, DateTime Until)>();
        if (first < id) rest.Add((first, id - 1, until));
        if (id < last) rest.Add((id + 1, last, until));
        gaps = [.. gaps.Take(place), .. rest, .. gaps.Skip(place + 1)];
    }
}
