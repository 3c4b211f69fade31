using System.Globalization;
using System.Text;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Reads verdicts of transactions by uid. Thread-safe.</summary>
public sealed class StoredVerdictReader(string connectionString)
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

    private static string Query(IReadOnlyCollection<string> uids)
    {
        var sql = new StringBuilder(
            """
            SELECT t.transaction_id, t.fraud_score, t.rank_score, t.is_flagged, t.severity, t.reasons, t.is_late, t.suppressed_by, t.configuration_version,
                   t.embedding_version
            FROM event_keys k JOIN financial_transactions t ON t.lane = k.lane AND t.seq = k.seq AND t.occurred_at = k.occurred_at
            WHERE k.uid_hash IN (
            """);
        foreach (string uid in uids)
            sql.Append(CultureInfo.InvariantCulture, $"x'{UidHash.Compute(TransactionEvent.DomainName, uid):x32}',");
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
