using System.Data;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Vectors;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>
/// Draws samples of normal transactions: scored in time, no confirmed fraud, and not flagged unless a person said that it was a false alarm. The same
/// events give the same sample. Thread-safe.
/// </summary>
public sealed class NormalTransactions(string connectionString)
{
    private const string IsNormal = "NOT is_late AND (is_confirmed_fraud = FALSE OR (is_confirmed_fraud IS NULL AND NOT is_flagged))";

    /// <summary>More than wanted are asked for, so that chance leaves too few only rarely.</summary>
    private const double Reserve = 1.1;

    /// <summary>Draws a sample.</summary>
    /// <param name="window">Length of event time before the newest event that it is taken from.</param>
    /// <param name="most">Events at most.</param>
    /// <param name="read">Receives how many were read.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The sample; null when there is no normal event in the window.</returns>
    public async Task<NormalSample?> ReadAsync(TimeSpan window, int most, IProgress<long> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, isReadOnly: true, cancellationToken)
            .ConfigureAwait(false);
        await using var newest = new MySqlCommand("SELECT MAX(occurred_at) FROM financial_transactions", connection, snapshot);
        if (await newest.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not DateTime to) return null;
        DateTime from = to - TimeSpan.FromTicks(Math.Min(window.Ticks, to.Ticks - new DateTime(1000, 1, 1).Ticks));
        if (await FindVersionAsync(connection, snapshot, from, cancellationToken).ConfigureAwait(false) is not var (version, available)) return null;
        double share = Math.Min(1, (Reserve * most / available) + (100.0 / available));
        await using var command = new MySqlCommand(
            $"""
             SELECT embedding FROM financial_transactions
             WHERE occurred_at > @from AND embedding_version = @version AND {IsNormal} AND CRC32(transaction_id) <= @limit
             ORDER BY CRC32(transaction_id), transaction_id LIMIT {most}
             """,
            connection,
            snapshot);
        command.Parameters.AddWithValue("@from", from);
        command.Parameters.AddWithValue("@version", version);
        command.Parameters.AddWithValue("@limit", (uint)(share * uint.MaxValue));
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var values = new List<float>();
        for (int count = 1; await row.ReadAsync(cancellationToken).ConfigureAwait(false); count++)
        {
            values.AddRange(VectorColumn.Read(row, 0));
            read.Report(count);
        }

        var rows = new Matrix([.. values], values.Count / TransactionLayout.Dimension, TransactionLayout.Dimension);
        return new NormalSample(version, DateTime.SpecifyKind(from, DateTimeKind.Utc), DateTime.SpecifyKind(to, DateTimeKind.Utc), available, rows);
    }

    private static async Task<(int Version, long Count)?> FindVersionAsync(
        MySqlConnection connection, MySqlTransaction snapshot, DateTime from, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            $"""
             SELECT embedding_version, COUNT(*) FROM financial_transactions WHERE occurred_at > @from AND {IsNormal}
             GROUP BY embedding_version ORDER BY MAX(occurred_at) DESC, embedding_version DESC LIMIT 1
             """,
            connection,
            snapshot);
        command.Parameters.AddWithValue("@from", from);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? (row.GetInt32(0), row.GetInt64(1)) : null;
    }
}
