using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using MySqlConnector;

namespace Ecart.MariaDb.Metrics;

/// <summary>Draws stored layout vectors of a domain's newest day and of the days before it, by random places in the log. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="table">The domain's table; its shape alone is used.</param>
/// <param name="hasLayoutColumn">Whether the table keeps the layout of events that a learned model embedded.</param>
public sealed class FeatureSample(string connectionString, IEventTable table, bool hasLayoutColumn)
{
    private const int DaysBefore = 30;
    private readonly PooledStore store = new(connectionString);

    /// <summary>Draws.</summary>
    /// <param name="most">Most vectors of each kind.</param>
    /// <param name="seed">Chooses the places.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The newest day, its vectors, and those of the days before; no vectors where there are none.</returns>
    public async Task<(DateOnly NewestDay, IReadOnlyList<float[]> Newest, IReadOnlyList<float[]> Before)> DrawAsync(int most, ulong seed, CancellationToken cancellationToken)
    {
        IReadOnlyList<(int Lane, long Seq)> lanes = await store.ReadAsync(
            "SELECT lane, seq FROM lanes WHERE domain = @domain AND seq > 0", row => (row.GetInt32(0), row.GetInt64(1)), cancellationToken, ("@domain", table.Domain)).ConfigureAwait(false);
        if (lanes.Count == 0) return (default, [], []);
        int share = (most + lanes.Count - 1) / lanes.Count;
        string newestPlaces = Places(lanes.SelectMany(lane => Enumerable.Range(0, share).Select(back => (lane.Lane, lane.Seq - back))).Where(place => place.Item2 > 0));
        var random = new SeededRandom(seed);
        long all = lanes.Sum(lane => lane.Seq);
        string randomPlaces = Places(Enumerable.Range(0, 2 * most).Select(_ => PlaceAt(lanes, (long)(random.NextDouble() * all))).Distinct());
        IReadOnlyList<(DateTime At, float[] Vector)> recent = await ReadAsync(newestPlaces, cancellationToken).ConfigureAwait(false);
        if (recent.Count == 0) return (default, [], []);
        DateTime newest = recent.Max(one => one.At).Date;
        IReadOnlyList<(DateTime At, float[] Vector)> drawn = await ReadAsync(randomPlaces, cancellationToken).ConfigureAwait(false);
        return (
            DateOnly.FromDateTime(newest),
            [.. recent.Where(one => one.At >= newest).Take(most).Select(one => one.Vector)],
            [.. drawn.Where(one => one.At < newest && one.At >= newest.AddDays(-DaysBefore)).Take(most).Select(one => one.Vector)]);
    }

    private static (int Lane, long Seq) PlaceAt(IReadOnlyList<(int Lane, long Seq)> lanes, long place)
    {
        foreach ((int lane, long seq) in lanes)
        {
            if (place < seq) return (lane, place + 1);
            place -= seq;
        }

        return lanes[^1];
    }

    private static string Places(IEnumerable<(int Lane, long Seq)> places) => "[" + string.Join(',', places.Select(place => FormattableString.Invariant($"[{place.Lane},{place.Seq}]"))) + "]";

    private async Task<IReadOnlyList<(DateTime At, float[] Vector)>> ReadAsync(string places, CancellationToken cancellationToken)
    {
        string vector = hasLayoutColumn ? "COALESCE(t.layout_embedding, t.embedding)" : "t.embedding";
        return await store.ReadAsync(
            $"""
             SELECT t.occurred_at, {vector}
             FROM JSON_TABLE(@places, '$[*]' COLUMNS (lane SMALLINT UNSIGNED PATH '$[0]', seq BIGINT UNSIGNED PATH '$[1]')) AS p
             STRAIGHT_JOIN {table.Table} t ON {table.RowsOf("t")}t.lane = p.lane AND t.seq = p.seq
             WHERE NOT t.is_late
             """,
            row => (row.GetDateTime(0), VectorColumn.Read(row, 1).ToArray()),
            cancellationToken,
            ("@places", places)).ConfigureAwait(false);
    }
}
