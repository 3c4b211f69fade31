using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Reads what a challenger said of transactions beside what ranked them, with the truth as far as it is known. Thread-safe.</summary>
public sealed class ShadowVerdicts(string connectionString)
{
    /// <summary>Reads the transactions that a challenger saw and that the model in force ranked.</summary>
    /// <param name="challenger">Its version.</param>
    /// <param name="champion">Version of the model that ranked; 0 for the untrained rank score.</param>
    /// <param name="labelDelayDays">Days before the newest transaction from which on one without a label is not taken for ordinary yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Rank score, the challenger's probability, and whether it was fraud.</returns>
    public async Task<IReadOnlyList<(double Champion, double Challenger, bool IsFraud)>> ReadAsync(
        int challenger, int champion, int labelDelayDays, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            """
            SELECT rank_score, shadow_probability, COALESCE(is_confirmed_fraud, FALSE) FROM financial_transactions
            WHERE shadow_version = @challenger AND COALESCE(model_version, 0) = @champion
              AND (is_confirmed_fraud IS NOT NULL OR occurred_at <= (SELECT MAX(occurred_at) FROM financial_transactions) - INTERVAL @delay DAY)
            ORDER BY occurred_at, lane, seq
            """,
            connection);
        command.Parameters.AddWithValue("@challenger", challenger);
        command.Parameters.AddWithValue("@champion", champion);
        command.Parameters.AddWithValue("@delay", labelDelayDays);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var read = new List<(double, double, bool)>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) read.Add((row.GetDouble(0), row.GetDouble(1), row.GetBoolean(2)));
        return read;
    }
}
