using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Gives an engine back the state of the last checkpoint. Thread-safe.</summary>
public sealed class EntityStateStore(string connectionString)
{
    /// <summary>More in one statement and the server would make a table of them, and join that.</summary>
    private const int EntitiesPerQuery = 500;

    private const string Select = "SELECT entity_type, entity_id, lane, seq, format, state FROM entity_state WHERE domain = @domain AND embedding_version = @embedding AND entity_type ";

    /// <summary>
    /// Restores what an engine has from its start: the verdict histories and populations of a part as its own, those of the other parts beside them, and some
    /// of the entities. Others are restored later, when they are needed.
    /// </summary>
    /// <param name="engine">An engine that knows nothing yet.</param>
    /// <param name="owned">The part that it writes.</param>
    /// <param name="entityIds">Entities of <see cref="IDomainEngine.EntityType"/>; those that are not stored are passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Number of entities restored.</returns>
    public async Task<int> RestoreAsync(
        IDomainEngine engine, OwnedLanes owned, IReadOnlyCollection<string> entityIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(owned);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        IOtherCounts? others = await ReadSharedAsync(engine, owned.Part.Number, isOwnRead: true, connection, cancellationToken).ConfigureAwait(false);
        if (others is not null) engine.UseOthers(others);
        return await RestoreAsync(engine, entityIds, connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what the other parts hold, for an engine that writes one of them.</summary>
    /// <returns>Null when there are no others.</returns>
    public async Task<IOtherCounts?> ReadOthersAsync(IDomainEngine engine, int part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        return await ReadSharedAsync(engine, part, isOwnRead: false, connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Restores entities alone, of the engine's embedding version; those that are not stored are passed over.</summary>
    /// <returns>Number of entities restored.</returns>
    public async Task<int> RestoreEntitiesAsync(IDomainEngine engine, IReadOnlyCollection<string> entityIds, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        return await RestoreAsync(engine, entityIds, connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Restores entities of <see cref="IDomainEngine.EntityType"/>; those that are not stored are passed over.</summary>
    /// <returns>Number of entities restored.</returns>
    /// <exception cref="StateFormatException">A stored state is of another program or damaged.</exception>
    public static async Task<int> RestoreAsync(
        IDomainEngine engine, IReadOnlyCollection<string> entityIds, MySqlConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        int restored = 0;
        foreach (string[] ids in entityIds.Order(StringComparer.Ordinal).Chunk(EntitiesPerQuery))
        {
            string names = string.Join(',', Enumerable.Range(0, ids.Length).Select(i => $"@{i}"));
            await using var command = new MySqlCommand($"{Select}= @type AND entity_id IN ({names})", connection);
            for (int i = 0; i < ids.Length; i++) command.Parameters.AddWithValue($"@{i}", ids[i]);
            restored += await RestoreAsync(engine, command, cancellationToken).ConfigureAwait(false);
        }

        return restored;
    }

    private static async Task<int> RestoreAsync(IDomainEngine engine, MySqlCommand command, CancellationToken cancellationToken)
    {
        command.Parameters.AddWithValue("@domain", engine.Domain);
        command.Parameters.AddWithValue("@type", engine.EntityType);
        command.Parameters.AddWithValue("@embedding", engine.EmbeddingVersion);
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

    private static async Task<IOtherCounts?> ReadSharedAsync(
        IDomainEngine engine, int part, bool isOwnRead, MySqlConnection connection, CancellationToken cancellationToken)
    {
        IOtherCounts? others = null;
        string which = isOwnRead ? "" : "AND part <> @part";
        await using (MySqlCommand command = Shared(
            $"""
             SELECT entity_type, entity_id, part, days, DATEDIFF(n.newest, '0001-01-01') FROM entity_history
             JOIN (SELECT MAX(newest_day) AS newest FROM entity_history WHERE domain = @domain AND entity_type = 'domain' AND entity_id = '') AS n
             WHERE domain = @domain AND newest_day > n.newest - INTERVAL @days DAY {which}
             """))
        await using (MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            var text = new HistoryText();
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                ReadOnlySpan<DayCount> days = text.Read(row.GetString(3), row.GetInt32(4) - engine.HistoryDays);
                if (row.GetInt32(2) == part) engine.RestoreHistory(row.GetString(0), row.GetString(1), days);
                else (others ??= engine.NewOthers()).AddHistory(row.GetString(0), row.GetString(1), days);
            }
        }

        await using (MySqlCommand command = Shared($"SELECT entity_type, entity_id, part, format, state FROM shared_state WHERE domain = @domain {which}"))
        await using (MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var state = (byte[])row.GetValue(4);
                if (row.GetInt32(2) == part) engine.RestoreEntity(row.GetString(0), row.GetString(1), IStateSink.NoLane, 0, row.GetInt32(3), state);
                else (others ??= engine.NewOthers()).AddShared(row.GetString(0), row.GetString(1), row.GetInt32(3), state);
            }
        }

        return others;

        MySqlCommand Shared(string sql)
        {
            var command = new MySqlCommand(sql, connection);
            command.Parameters.AddWithValue("@domain", engine.Domain);
            command.Parameters.AddWithValue("@days", engine.HistoryDays);
            command.Parameters.AddWithValue("@part", part);
            return command;
        }
    }
}
