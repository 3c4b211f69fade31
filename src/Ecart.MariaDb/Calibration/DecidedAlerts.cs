using Ecart.Calibration;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Calibration;

/// <summary>The alerts of a domain with what people decided of them, and the flaggable events behind them. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="table">The domain's table; its shape alone is used.</param>
public sealed class DecidedAlerts(string connectionString, IEventTable table)
{
    /// <summary>Most alerts that are read, the newest.</summary>
    public const int Most = 100_000;

    private readonly PooledStore store = new(connectionString);

    /// <summary>First day of so many days that end with the domain's newest.</summary>
    public async Task<DateTime> FindFromAsync(int days, CancellationToken cancellationToken) =>
        (await store.ReadAsync(
            "SELECT ecart_window_start(@domain, @days)", row => DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc), cancellationToken,
            ("@domain", table.Domain), ("@days", days)).ConfigureAwait(false))[0];

    /// <summary>The alerts from a day on, the newest first, at most <see cref="Most"/>.</summary>
    public Task<IReadOnlyList<CalibrationEvent>> ReadAsync(DateTime from, CancellationToken cancellationToken) => store.ReadAsync(
        $"""
         SELECT a.event_uid, a.occurred_at, a.entity_id, t.rank_score, JSON_EXTRACT(a.explanation, '$.reason'), a.status, a.score
         FROM anomaly_alerts a
         LEFT JOIN {table.Table} t ON {table.RowsOf("t")}t.lane = a.lane AND t.seq = a.seq AND t.occurred_at = a.occurred_at
         WHERE a.domain = @domain AND a.occurred_at >= @from ORDER BY a.occurred_at DESC LIMIT {Most}
         """,
        row => new CalibrationEvent(
            DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc), row.GetString(2), row.IsDBNull(3) ? double.NaN : row.GetDouble(3), EvidenceOf(PooledStore.Text(row, 4)), true,
            TruthOf(PooledStore.Text(row, 5)))
        {
            EventUid = row.GetString(0),
            StoredScore = row.GetDouble(6),
        },
        cancellationToken,
        ("@domain", table.Domain),
        ("@from", from));

    /// <summary>Every event with evidence from a day on, in the order of the log. Long: a million events take seconds.</summary>
    /// <param name="from">First day.</param>
    /// <param name="after">Only log entries after these, by lane; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<CalibrationEvent> ReadEventsAsync(
        DateTime from,
        IReadOnlyDictionary<int, long>? after,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        foreach ((int lane, long seq) in await ReadLanesAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            long begin = after is null ? 0 : after.GetValueOrDefault(lane);
            if (seq <= begin) continue;
            await using var command = new MySqlCommand(
                $"""
                 SELECT t.{table.UidColumn}, t.occurred_at, t.{table.EntityColumn}, t.rank_score, t.reasons, a.status, t.{table.ScoreColumn}, a.alert_id IS NOT NULL,
                        t.{table.FlagColumn}
                 FROM {table.Table} t LEFT JOIN anomaly_alerts a ON a.domain = @domain AND a.event_uid = t.{table.UidColumn}
                 WHERE {table.RowsOf("t")}t.lane = @lane AND t.seq > @after AND t.occurred_at >= @from AND t.reasons IS NOT NULL AND t.{table.ScoreColumn} IS NOT NULL
                 """,
                connection);
            command.Parameters.AddWithValue("@domain", table.Domain);
            command.Parameters.AddWithValue("@lane", lane);
            command.Parameters.AddWithValue("@after", begin);
            command.Parameters.AddWithValue("@from", from);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) yield return ReadEvent(row);
        }
    }

    /// <summary>Number of the last log entry of every lane.</summary>
    public Task<IReadOnlyList<(int Lane, long Seq)>> ReadLanesAsync(CancellationToken cancellationToken) => store.ReadAsync(
        "SELECT lane, seq FROM lanes WHERE domain = @domain AND seq > 0", row => (row.GetInt32(0), row.GetInt64(1)), cancellationToken, ("@domain", table.Domain));

    private async Task<List<(int Lane, long Seq)>> ReadLanesAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var lanes = new List<(int, long)>();
        await using var command = new MySqlCommand("SELECT lane, seq FROM lanes WHERE domain = @domain AND seq > 0 ORDER BY lane", connection);
        command.Parameters.AddWithValue("@domain", table.Domain);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) lanes.Add((row.GetInt32(0), row.GetInt64(1)));
        return lanes;
    }

    private static CalibrationEvent ReadEvent(MySqlDataReader row) => new(
        DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc), row.GetString(2), row.IsDBNull(3) ? double.NaN : row.GetDouble(3), EvidenceOf(row.GetString(4)), row.GetBoolean(7),
        TruthOf(PooledStore.Text(row, 5)))
    {
        EventUid = row.GetString(0),
        StoredScore = row.GetDouble(6),
        IsFlagged = row.GetBoolean(8),
    };

    private static bool? TruthOf(string? status) => status switch
    {
        "confirmed_fraud" => true,
        "false_positive" => false,
        _ => null,
    };

    private static Contribution[] EvidenceOf(string? json) =>
        json is null or "null" ? [] : [.. VerdictReasons.Read(json).Select(reason => new Contribution(string.Intern(reason.Type), reason.Score))];
}
