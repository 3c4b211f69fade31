using System.Text;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Live;
using MySqlConnector;

namespace Ecart.Streaming.Cluster;

/// <summary>
/// How far this node has read its sources: up to the first item that is not durable yet, whichever node owns it. Moves behind the items, not with them:
/// after a crash some are read again, and known by their uids. Thread-safe.
/// </summary>
internal sealed class PositionKeeper(string connectionString, string domain)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Source, int Partition), Reading> readings = [];

    /// <summary>An item is under way.</summary>
    public void Enter(SourcePosition position, RoutedItem item)
    {
        lock (gate)
        {
            if (!readings.TryGetValue((position.Source, position.Partition), out Reading? reading))
                readings.Add((position.Source, position.Partition), reading = new Reading());
            reading.Items.Enqueue(item);
        }
    }

    /// <summary>An item of a partition is settled.</summary>
    public void Advance(SourcePosition position)
    {
        lock (gate)
        {
            Reading reading = readings[(position.Source, position.Partition)];
            while (reading.Items.TryPeek(out RoutedItem? first) && first.IsSettled)
            {
                reading.Next = first.Item.Position!.Value.NextOffset;
                reading.Items.Dequeue();
            }
        }
    }

    /// <summary>Writes what has moved since the last call.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var moved = new List<(Reading Reading, SourcePosition Position)>();
        lock (gate)
        {
            foreach (((string source, int partition), Reading reading) in readings)
                if (reading.Next != reading.Written) moved.Add((reading, new SourcePosition(source, partition, reading.Next)));
        }

        if (moved.Count == 0) return;
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        foreach ((Reading reading, SourcePosition position) in moved)
        {
            var sql = new StringBuilder("INSERT INTO consumer_offsets (source, partition_id, domain, lane, next_offset) VALUES ");
            for (int lane = 0; lane < LaneMap.Count; lane++) sql.Append("(@source,@partition,@domain,").Append(lane).Append(",@next),");
            sql.Length--;
            await using var command = new MySqlCommand(sql.Append(" ON DUPLICATE KEY UPDATE next_offset = VALUES(next_offset)").ToString(), connection);
            command.Parameters.AddWithValue("@source", position.Source);
            command.Parameters.AddWithValue("@partition", position.Partition);
            command.Parameters.AddWithValue("@domain", domain);
            command.Parameters.AddWithValue("@next", position.NextOffset);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            lock (gate) reading.Written = position.NextOffset;
        }
    }

    /// <summary>Where each partition of a source is read up to, as it is stored.</summary>
    public Task<IReadOnlyDictionary<int, long>> ReadAsync(string source, CancellationToken cancellationToken) =>
        new LaneStore(connectionString, domain).ReadOffsetsAsync(source, cancellationToken);

    private sealed class Reading
    {
        public Queue<RoutedItem> Items { get; } = new();

        public long Next { get; set; }

        public long Written { get; set; }
    }
}
