using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Metrics;

/// <summary>
/// Keeps <c>daily_totals</c> up with the log: each lane's events after the position counted so far, in pieces, each piece and its position in one transaction. Safe
/// with other processes. Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="table">The domain's table; its shape alone is used.</param>
public sealed class DailyTotals(string connectionString, IEventTable table)
{
    private const long EntriesAtOnce = 20_000;

    /// <summary>Shorter than what a statement may take.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(8);
    private readonly PooledStore store = new(connectionString);

    /// <summary>Counts what came since the last time.</summary>
    /// <param name="budget">Begins no further piece after so long.</param>
    /// <param name="cancellationToken">Ends it between two pieces.</param>
    /// <returns>Whether everything is counted that was in the log at the beginning.</returns>
    public async Task<bool> RefreshAsync(TimeSpan budget, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        await using MySqlConnection connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        // Who counts two lanes at once adds to the same days: one at a time, or they stand in each other's way.
        if (!await TakeTurnAsync(connection, budget, cancellationToken).ConfigureAwait(false)) return false;
        try
        {
            return await CountAllAsync(begun, budget, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await AskAsync(connection, "SELECT RELEASE_LOCK(@name)", TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private Task<bool> TakeTurnAsync(MySqlConnection connection, TimeSpan budget, CancellationToken cancellationToken) =>
        AskAsync(connection, "SELECT GET_LOCK(@name, @seconds)", budget < LongestTurn ? budget : LongestTurn, cancellationToken);

    private async Task<bool> AskAsync(MySqlConnection connection, string sql, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        // Names of locks hold 64 characters and are not local to a database.
        command.Parameters.AddWithValue("@name", "ecart.totals." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{connection.Database}/{table.Domain}")))[..24]);
        command.Parameters.AddWithValue("@seconds", patience.TotalSeconds);
        object? said = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return said is not (null or DBNull) && Convert.ToInt64(said, System.Globalization.CultureInfo.InvariantCulture) == 1;
    }

    private async Task<bool> CountAllAsync(long begun, TimeSpan budget, CancellationToken cancellationToken)
    {
        IReadOnlyList<(int Lane, long Seq)> behind = await store.ReadAsync(
            """
            SELECT l.lane, l.seq FROM lanes l LEFT JOIN daily_total_positions p ON p.domain = l.domain AND p.lane = l.lane
            WHERE l.domain = @domain AND l.seq > COALESCE(p.seq, 0) ORDER BY l.lane
            """,
            row => (row.GetInt32(0), row.GetInt64(1)),
            cancellationToken,
            ("@domain", table.Domain)).ConfigureAwait(false);
        foreach ((int lane, long seq) in behind)
        {
            while (await CountAsync(lane, seq, cancellationToken).ConfigureAwait(false) < seq)
                if (Stopwatch.GetElapsedTime(begun) > budget) return false;
            if (Stopwatch.GetElapsedTime(begun) > budget) return lane == behind[^1].Lane;
        }

        return true;
    }

    /// <returns>Position that is counted now.</returns>
    private Task<long> CountAsync(int lane, long seq, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            (string, object?)[] place = [("@domain", table.Domain), ("@lane", lane)];
            await PooledStore.ExecuteAsync(
                transaction, "INSERT IGNORE INTO daily_total_positions (domain, lane, seq) VALUES (@domain, @lane, 0)", cancellationToken, place).ConfigureAwait(false);
            await using MySqlCommand position = PooledStore.Command(
                transaction, "SELECT seq FROM daily_total_positions WHERE domain = @domain AND lane = @lane FOR UPDATE", place);
            long from = Convert.ToInt64(await position.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);
            if (from >= seq) return from;
            long to = Math.Min(seq, from + EntriesAtOnce);
            (string, object?)[] piece = [.. place, ("@from", from), ("@to", to)];
            await PooledStore.ExecuteAsync(transaction, CountSql(), cancellationToken, piece).ConfigureAwait(false);
            await PooledStore.ExecuteAsync(
                transaction, "UPDATE daily_total_positions SET seq = @to WHERE domain = @domain AND lane = @lane", cancellationToken, piece).ConfigureAwait(false);
            return to;
        },
        cancellationToken);

    /// <summary>A score has 6 decimals; as a decimal it rounds to 0.1 exactly, halves upwards, as in the calibration by bucket.</summary>
    private string CountSql() =>
        $"""
         INSERT INTO daily_totals (domain, day, bucket, events, flagged, score_sum, flagged_score_sum, without_profile)
         SELECT @domain, c.day, c.bucket, c.events, c.flagged, c.score_sum, c.flagged_score_sum, c.without_profile FROM (
             SELECT DATE(t.occurred_at) AS day, IF(t.is_late OR t.{table.ScoreColumn} IS NULL, 255, 10 * ROUND(CAST(t.{table.ScoreColumn} AS DECIMAL(7, 6)), 1)) AS bucket,
                    COUNT(*) AS events, SUM(t.{table.FlagColumn}) AS flagged, COALESCE(SUM(t.{table.ScoreColumn}), 0) AS score_sum,
                    COALESCE(SUM(IF(t.{table.FlagColumn}, t.{table.ScoreColumn}, 0)), 0) AS flagged_score_sum,
                    SUM(NOT t.is_late AND t.distance_to_profile IS NULL) AS without_profile
             FROM {table.Table} t WHERE {table.RowsOf("t")}t.lane = @lane AND t.seq > @from AND t.seq <= @to GROUP BY 1, 2) AS c
         ON DUPLICATE KEY UPDATE events = daily_totals.events + c.events, flagged = daily_totals.flagged + c.flagged,
             score_sum = daily_totals.score_sum + c.score_sum, flagged_score_sum = daily_totals.flagged_score_sum + c.flagged_score_sum,
             without_profile = daily_totals.without_profile + c.without_profile
         """;
}
