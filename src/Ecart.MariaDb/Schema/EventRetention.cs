using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>Drops old months of events. Nothing is ever dropped unless this is called. Safe to run from several processes at once.</summary>
public static class EventRetention
{
    /// <summary>
    /// Drops the months before <paramref name="month"/> from every event table, whatever their domain, with their keys and labels. Alerts
    /// and profiles stay. May be repeated after a failure.
    /// </summary>
    /// <param name="connection">Open, in no transaction: DDL would commit it.</param>
    /// <param name="month">Any day of the first month that stays.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>The partitions with rows that were dropped, as <c>table.partition</c>.</returns>
    /// <exception cref="InvalidOperationException">A month holds events that the lanes' checkpoints do not include yet: dropped now, they
    /// would be missing from the state after a restart. Nothing was dropped.</exception>
    public static async Task<IReadOnlyList<string>> DropBeforeAsync(
        MySqlConnection connection, DateOnly month, CancellationToken cancellationToken = default)
    {
        Month oldestKept = Month.Of(month.ToDateTime(TimeOnly.MinValue));
        await using NamedLock turn = await NamedLock.AcquireAsync(connection, "partitions", null, cancellationToken).ConfigureAwait(false);
        var filled = new Dictionary<string, IReadOnlyList<string>>();
        foreach (string table in EventTable.All)
        {
            await MakeBoundAsync(connection, table, oldestKept, cancellationToken).ConfigureAwait(false);
            filled[table] = await FindFilledAsync(connection, table, oldestKept, cancellationToken).ConfigureAwait(false);
            await DemandCheckpointAsync(connection, table, filled[table], cancellationToken).ConfigureAwait(false);
        }

        foreach (string table in EventTable.All)
            await DropAsync(connection, table, filled[table], oldestKept, cancellationToken).ConfigureAwait(false);

        // Keys go after rows: a key without a row still recognises a duplicate, a row without a key would let one in.
        await EventKeyRetention.DeleteBeforeAsync(connection, oldestKept.FirstDay, cancellationToken).ConfigureAwait(false);
        return [.. filled.SelectMany(table => table.Value.Select(partition => $"{table.Key}.{partition}"))];
    }

    /// <summary>Lets a partition begin at the month, so that what is before it can go alone.</summary>
    private static async Task MakeBoundAsync(
        MySqlConnection connection, string table, Month oldestKept, CancellationToken cancellationToken)
    {
        IReadOnlyList<Partition> partitions = await PartitionPlanner.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        Partition around = partitions.First(partition => partition.Holds(oldestKept));
        if (around.From == oldestKept) return;
        Partition[] parts = [Partition.Between(around.From, oldestKept), Partition.Between(oldestKept, around.Until)];
        await PartitionPlanner.ReorganizeAsync(connection, table, [around], parts, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> FindFilledAsync(
        MySqlConnection connection, string table, Month oldestKept, CancellationToken cancellationToken)
    {
        var filled = new List<string>();
        foreach (Partition partition in await FindOldAsync(connection, table, oldestKept, cancellationToken).ConfigureAwait(false))
        {
            using var command = new MySqlCommand($"SELECT EXISTS (SELECT 1 FROM {table} PARTITION ({partition.Name}))", connection);
            object? exists = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            if (Convert.ToInt64(exists) == 1) filled.Add(partition.Name);
        }

        return filled;
    }

    private static async Task DemandCheckpointAsync(
        MySqlConnection connection, string table, IReadOnlyList<string> partitions, CancellationToken cancellationToken)
    {
        foreach (string partition in partitions)
        {
            IReadOnlyList<string> behind = await connection.QueryTextsAsync(
                $"""
                SELECT CONCAT(lanes.domain, ' ', lanes.lane) FROM lanes
                WHERE EXISTS (SELECT 1 FROM {table} PARTITION ({partition}) AS event
                              WHERE {EventTable.SameDomain(table)} AND event.lane = lanes.lane AND event.seq > lanes.checkpoint_seq)
                """,
                cancellationToken).ConfigureAwait(false);
            if (behind.Count == 0) continue;
            throw new InvalidOperationException(
                $"Partition {partition} of {table} cannot be dropped: it holds events that the state of lanes {string.Join(", ", behind)} does " +
                "not include yet. Let the program write its checkpoint (it does so when it ends), then drop again.");
        }
    }

    private static async Task DropAsync(
        MySqlConnection connection, string table, IReadOnlyList<string> filled, Month oldestKept, CancellationToken cancellationToken)
    {
        // Emptied and merged, because DROP PARTITION would leave the time of the dropped months to the oldest one kept.
        if (filled.Count > 0)
        {
            await PartitionPlanner.AlterAsync(
                connection, $"ALTER TABLE {table} TRUNCATE PARTITION {string.Join(", ", filled)}", cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<Partition> old = await FindOldAsync(connection, table, oldestKept, cancellationToken).ConfigureAwait(false);
        if (old.Count < 2) return;
        Partition[] merged = [Partition.Between(null, oldestKept)];
        await PartitionPlanner.ReorganizeAsync(connection, table, old, merged, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<Partition>> FindOldAsync(
        MySqlConnection connection, string table, Month oldestKept, CancellationToken cancellationToken)
    {
        IReadOnlyList<Partition> partitions = await PartitionPlanner.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        return PartitionLayout.FindBefore(partitions, oldestKept);
    }
}
