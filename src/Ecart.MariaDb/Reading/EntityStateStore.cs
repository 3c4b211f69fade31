using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Gives an engine back the state of the last checkpoint. Thread-safe.</summary>
public sealed class EntityStateStore(string connectionString)
{
    private const int HistoryDays = 400;

    /// <summary>Restores all entities and verdict histories of the engine's domain.</summary>
    /// <returns>Number of entities.</returns>
    public async Task<int> RestoreAsync(IDomainEngine engine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        int entities = await RestoreEntitiesAsync(engine, connection, cancellationToken).ConfigureAwait(false);
        await RestoreDaysAsync(engine, connection, cancellationToken).ConfigureAwait(false);
        return entities;
    }

    private static async Task<int> RestoreEntitiesAsync(IDomainEngine engine, MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            "SELECT entity_type, entity_id, lane, seq, format, state FROM entity_state WHERE domain = @domain", connection);
        command.Parameters.AddWithValue("@domain", engine.Domain);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        int count = 0;
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var state = (byte[])row.GetValue(5);
            engine.RestoreEntity(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetInt32(4), state);
            count++;
        }

        return count;
    }

    private static async Task RestoreDaysAsync(IDomainEngine engine, MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            """
            SELECT entity_type, entity_id, day, events, frauds FROM entity_daily
            WHERE domain = @domain AND day > (SELECT MAX(day) FROM entity_daily WHERE domain = @domain) - INTERVAL @days DAY
            """,
            connection);
        command.Parameters.AddWithValue("@domain", engine.Domain);
        command.Parameters.AddWithValue("@days", HistoryDays);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            int day = (int)(row.GetDateTime(2).Ticks / TimeSpan.TicksPerDay);
            engine.RestoreDaily(row.GetString(0), row.GetString(1), day, row.GetInt32(3), row.GetInt32(4));
        }
    }
}
