using System.Globalization;
using System.Text;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Reads verdicts by uid. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="table">The domain's table.</param>
public sealed class StoredVerdictReader(string connectionString, IEventTable table)
{
    private readonly string pooled = new MySqlConnectionStringBuilder(connectionString) { Pooling = true, MaximumPoolSize = 4 }.ConnectionString;

    /// <summary>Finds the verdicts of stored events; a uid that is not stored is absent.</summary>
    public async Task<IReadOnlyDictionary<string, StoredVerdict>> FindAsync(IReadOnlyCollection<string> uids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, StoredVerdict>(StringComparer.Ordinal);
        if (uids.Count == 0) return found;
        await using var connection = new MySqlConnection(pooled);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(Query(uids), connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            StoredVerdict verdict = Read(row);
            found[verdict.EventUid] = verdict;
        }

        return found;
    }

    private string Query(IReadOnlyCollection<string> uids)
    {
        var sql = new StringBuilder(
            $"""
            SELECT t.{table.UidColumn}, t.{table.ScoreColumn}, t.rank_score, t.{table.FlagColumn}, t.severity, t.reasons, t.is_late, t.suppressed_by,
                   t.configuration_version, t.embedding_version
            FROM event_keys k JOIN {table.Table} t ON {table.RowsOf("t")}t.lane = k.lane AND t.seq = k.seq AND t.occurred_at = k.occurred_at
            WHERE k.uid_hash IN (
            """);
        foreach (string uid in uids)
            sql.Append(CultureInfo.InvariantCulture, $"x'{UidHash.Compute(table.Domain, uid):x32}',");
        sql.Length--;
        return sql.Append(')').ToString();
    }

    private static StoredVerdict Read(MySqlDataReader row) => new(
        row.GetString(0),
        row.IsDBNull(1) ? null : row.GetDouble(1),
        row.IsDBNull(2) ? null : row.GetDouble(2),
        row.GetBoolean(3),
        Enum.Parse<Severity>(row.GetString(4), ignoreCase: true),
        row.IsDBNull(5) ? [] : VerdictReasons.Read(row.GetString(5)),
        row.GetBoolean(6),
        row.IsDBNull(7) ? null : Convert.ToInt64(row.GetValue(7), CultureInfo.InvariantCulture),
        row.GetInt32(8),
        row.GetInt32(9));
}
