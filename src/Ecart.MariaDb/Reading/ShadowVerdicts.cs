using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Reads what a challenger said of events beside what ranked them, with the truth as far as it is known. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="table">The domain's table; its shape alone is used.</param>
public sealed class ShadowVerdicts(string connectionString, IEventTable table)
{
    /// <summary>Reads the events that a challenger saw and that the model in force ranked.</summary>
    /// <param name="challenger">Its version.</param>
    /// <param name="champion">Version of the model that ranked; 0 for the untrained rank score.</param>
    /// <param name="labelDelayDays">Days before the newest event from which on one without a label is not taken for ordinary yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Rank score, the challenger's probability, and whether people confirmed it.</returns>
    public async Task<IReadOnlyList<(double Champion, double Challenger, bool IsFraud)>> ReadAsync(
        int challenger, int champion, int labelDelayDays, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"""
             SELECT t.rank_score, t.shadow_probability, COALESCE(t.{table.LabelColumn}, FALSE) FROM {table.Table} t
             WHERE {table.RowsOf("t")}t.shadow_version = @challenger AND COALESCE(t.model_version, 0) = @champion
               AND (t.{table.LabelColumn} IS NOT NULL
                    OR t.occurred_at <= (SELECT MAX(n.occurred_at) FROM {table.Table} n WHERE {table.RowsOf("n")}TRUE) - INTERVAL @delay DAY)
             ORDER BY t.occurred_at, t.lane, t.seq
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
