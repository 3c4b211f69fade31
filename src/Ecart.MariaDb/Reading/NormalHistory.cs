using System.Globalization;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Vectors;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>
/// What models learn from: events that were not flagged, or that a person said were false positives; never late ones, never confirmed fraud. Each as the
/// domain's layout has it, whatever model embedded it. Thread-safe.
/// </summary>
public sealed class NormalHistory(string connectionString)
{
    private const string Where =
        """
        FROM financial_transactions t
        WHERE t.occurred_at >= @from AND t.occurred_at <= @until AND NOT t.is_late AND COALESCE(t.is_confirmed_fraud, FALSE) = FALSE
          AND (NOT t.is_flagged OR t.is_confirmed_fraud = FALSE) AND (t.embedding_version = @layout OR t.layout_embedding IS NOT NULL)
        """;

    /// <summary>Reads normal events of the newest days, evenly thinned to a bound: the same log gives the same events.</summary>
    /// <param name="days">Days before the newest event that are looked at.</param>
    /// <param name="most">Events at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<NormalEvents> ReadAsync(int days, int most, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        DateTime? newest = await NewestAsync(connection, cancellationToken).ConfigureAwait(false);
        if (newest is not { } until) return new NormalEvents(new Matrix(0, TransactionLayout.Dimension), default, default, 0);
        DateTime from = until.AddDays(-days);
        long available = await CountAsync(connection, from, until, cancellationToken).ConfigureAwait(false);
        double share = available <= most ? 1 : (double)most / available;
        await using MySqlCommand command = Command(
            connection,
            $"SELECT t.occurred_at, COALESCE(t.layout_embedding, t.embedding) {Where} AND CRC32(CONCAT(t.lane, ':', t.seq)) < @bound ORDER BY t.occurred_at, t.lane, t.seq",
            from,
            until);
        command.Parameters.AddWithValue("@bound", (long)(share * (1L << 32)));
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(row, available, most, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads confirmed fraud of the newest days, to measure what a model makes of it; nothing may learn normality from it.</summary>
    /// <param name="days">Days before the newest event that are looked at.</param>
    /// <param name="most">Events at most, the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Matrix> ReadFraudAsync(int days, int most, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        DateTime until = await NewestAsync(connection, cancellationToken).ConfigureAwait(false) ?? DateTime.UnixEpoch;
        await using MySqlCommand command = Command(
            connection,
            """
            SELECT t.occurred_at, COALESCE(t.layout_embedding, t.embedding) FROM financial_transactions t
            WHERE t.occurred_at >= @from AND t.occurred_at <= @until AND NOT t.is_late AND t.is_confirmed_fraud
              AND (t.embedding_version = @layout OR t.layout_embedding IS NOT NULL)
            ORDER BY t.occurred_at DESC, t.lane, t.seq
            """,
            until.AddDays(-days),
            until);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return (await ReadAsync(row, most, most, cancellationToken).ConfigureAwait(false)).Rows;
    }

    private static async Task<NormalEvents> ReadAsync(MySqlDataReader row, long available, int most, CancellationToken cancellationToken)
    {
        int room = (int)Math.Min(available, most);
        var values = new float[Math.Max(1, room) * TransactionLayout.Dimension];
        int count = 0;
        DateTime first = default;
        DateTime last = default;
        while (count < room && await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            last = DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc);
            if (count == 0) first = last;
            VectorColumn.Read(row, 1).CopyTo(values.AsSpan(count++ * TransactionLayout.Dimension));
        }

        return new NormalEvents(new Matrix(values, count, TransactionLayout.Dimension), first, last, available);
    }

    private static async Task<DateTime?> NewestAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SELECT MAX(occurred_at) FROM financial_transactions", connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is DateTime newest ? newest : null;
    }

    private static async Task<long> CountAsync(MySqlConnection connection, DateTime from, DateTime until, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = Command(connection, "SELECT COUNT(*) " + Where, from, until);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private static MySqlCommand Command(MySqlConnection connection, string sql, DateTime from, DateTime until)
    {
        var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("@from", from);
        command.Parameters.AddWithValue("@until", until);
        command.Parameters.AddWithValue("@layout", TransactionLayout.Version);
        return command;
    }
}
