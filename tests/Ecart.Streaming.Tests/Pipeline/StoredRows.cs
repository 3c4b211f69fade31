using System.Globalization;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Everything that a replay leaves in a database, as text, bit for bit; without what depends on when it ran or on generated ids.</summary>
internal sealed class StoredRows
{
    /// <summary>The days that verdicts look back on: when an older one is forgotten depends on when the entity was last written.</summary>
    private const string HistoryDays =
        """
        (SELECT h.domain, h.entity_type, h.entity_id, d.* FROM entity_history h
         JOIN JSON_TABLE(h.days, '$[*]' COLUMNS (day INT PATH '$[0]', events INT PATH '$[1]', frauds INT PATH '$[2]')) AS d
         WHERE d.day > (SELECT TO_DAYS(MAX(newest_day)) - 37 FROM entity_history)) AS days
        """;

    private static readonly (string Table, string Columns)[] Tables =
    [
        ("financial_transactions", "* WITHOUT received_at"),
        ("network_connections", "* WITHOUT received_at"),
        ("event_keys", "HEX(uid_hash), content_hash, domain, lane, seq, occurred_at"),
        ("anomaly_alerts", "* WITHOUT alert_id, created_at, updated_at"),
        ("alert_outbox", "* WITHOUT outbox_id, created_at, next_attempt_at"),
        ("event_labels", "* WITHOUT received_at"),
        ("rejected_events", "* WITHOUT rejected_id, received_at"),
        ("lanes", "domain, lane, seq"),
        ("consumer_offsets", "source, partition_id, domain, lane, next_offset"),
        ("entity_state", "domain, entity_type, entity_id, lane, embedding_version, seq, format, HEX(state)"),
        ("shared_state", "domain, entity_type, entity_id, part, format, HEX(state)"),
        (HistoryDays, "domain, entity_type, entity_id, day, events, frauds"),
    ];

    private StoredRows(IReadOnlyDictionary<string, string[]> rows) => ByTable = rows;

    /// <summary>Rows by table, sorted.</summary>
    public IReadOnlyDictionary<string, string[]> ByTable { get; }

    /// <summary>Reads all tables at one moment.</summary>
    public static async Task<StoredRows> ReadAsync(string connectionString)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using MySqlTransaction snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Snapshot, CancellationToken.None);
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach ((string table, string columns) in Tables)
        {
            string list = await ColumnsAsync(connection, snapshot, table, columns);
            await using var command = new MySqlCommand($"SELECT {list} FROM {table}", connection, snapshot);
            await using MySqlDataReader reader = await command.ExecuteReaderAsync(CancellationToken.None);
            var read = new List<string>();
            while (await reader.ReadAsync(CancellationToken.None))
                read.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
            rows[table] = [.. read.Order(StringComparer.Ordinal)];
        }

        return new StoredRows(rows);
    }

    /// <summary>Fails naming the first rows that differ.</summary>
    public static void AssertEqual(StoredRows expected, StoredRows actual)
    {
        foreach ((string table, string[] rows) in expected.ByTable)
        {
            string[] missing = [.. rows.Except(actual.ByTable[table]).Take(2)];
            string[] unexpected = [.. actual.ByTable[table].Except(rows).Take(2)];
            Assert.True(
                missing.Length == 0 && unexpected.Length == 0,
                $"{table}: missing\n{string.Join('\n', missing)}\nunexpected\n{string.Join('\n', unexpected)}");
            Assert.Equal(rows.Length, actual.ByTable[table].Length);
        }
    }

    private static async Task<string> ColumnsAsync(MySqlConnection connection, MySqlTransaction snapshot, string table, string columns)
    {
        if (!columns.StartsWith('*')) return columns;
        string[] without = columns == "*" ? [] : columns["* WITHOUT ".Length..].Split(", ");
        await using var command = new MySqlCommand(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = @table ORDER BY ordinal_position",
            connection,
            snapshot);
        command.Parameters.AddWithValue("@table", table);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(CancellationToken.None);
        var names = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
        {
            string name = reader.GetString(0);
            if (!without.Contains(name)) names.Add(name is "embedding" or "layout_embedding" ? $"HEX({name})" : name);
        }

        return string.Join(", ", names);
    }

    private static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        DBNull => "NULL",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
