using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>The lanes table: who owns which lane, and how far its log goes. Thread-safe.</summary>
public sealed class LaneStore(string connectionString)
{
    /// <summary>Takes over all lanes and part 0 of the shared counts: whoever owned them is fenced off from now on.</summary>
    public Task<OwnedLanes> AcquireAllAsync(CancellationToken cancellationToken) => AcquireAsync(null, cancellationToken);

    /// <summary>Takes over a share of the lanes and a part of the shared counts: whoever owned them is fenced off from now on.</summary>
    /// <param name="share">What to take; null for all lanes and part 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OwnedLanes> AcquireAsync(LaneShare? share, CancellationToken cancellationToken)
    {
        string which = share is null ? "" : share.Lanes.Count == 0 ? "WHERE FALSE" : $"WHERE lane IN ({string.Join(',', share.Lanes)})";
        int part = share?.Part ?? 0;
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (var take = new MySqlCommand(
            $"UPDATE lanes SET epoch = epoch + 1 {which}; UPDATE state_parts SET epoch = epoch + 1 WHERE part = {part}", connection, transaction))
            await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var lanes = new List<LanePosition>();
        await using (var read = new MySqlCommand($"SELECT lane, epoch, seq, checkpoint_seq FROM lanes {which} ORDER BY lane", connection, transaction))
        await using (MySqlDataReader reader = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                lanes.Add(new LanePosition(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        await using var ask = new MySqlCommand($"SELECT epoch FROM state_parts WHERE part = {part}", connection, transaction);
        long epoch = Convert.ToInt64(await ask.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new OwnedLanes(lanes, new StatePart(part, epoch));
    }

    /// <summary>Where every lane has read a source up to: the smallest offset over lanes, 0 when it is new.</summary>
    public async Task<long> ReadOffsetAsync(string source, int partition, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            "SELECT COALESCE(MIN(next_offset), 0) FROM consumer_offsets WHERE source = @source AND partition_id = @partition", connection);
        command.Parameters.AddWithValue("@source", source);
        command.Parameters.AddWithValue("@partition", partition);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    /// <summary>Where every lane has read each partition of a source up to; a partition never read is absent.</summary>
    public async Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(string source, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        return await ReadOffsetsAsync(connection, source, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same over a connection that stays open: for who asks often.</summary>
    public static async Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(
        MySqlConnection connection, string source, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            "SELECT partition_id, MIN(next_offset) FROM consumer_offsets WHERE source = @source GROUP BY partition_id", connection);
        command.Parameters.AddWithValue("@source", source);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var offsets = new Dictionary<int, long>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) offsets.Add(row.GetInt32(0), row.GetInt64(1));
        return offsets;
    }

    /// <summary>Every source that was ever read into the store, and where its partition 0 is read up to.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReadSourcesAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            "SELECT source, COALESCE(MIN(IF(partition_id = 0, next_offset, NULL)), 0) FROM consumer_offsets GROUP BY source", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var sources = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) sources.Add(row.GetString(0), row.GetInt64(1));
        return sources;
    }

    /// <summary>Forgets how far a source was read: it is read from its beginning next time.</summary>
    public async Task ForgetOffsetAsync(string source, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand("DELETE FROM consumer_offsets WHERE source = @source", connection);
        command.Parameters.AddWithValue("@source", source);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether lanes stand where a transaction of unknown outcome would have put them. Waits for that transaction, whose rows are locked until it is
    /// decided.
    /// </summary>
    internal static async Task<bool> HaveMovedAsync(
        string connectionString, IReadOnlyList<LaneAdvance> advances, CancellationToken cancellationToken)
    {
        LaneAdvance witness = advances.FirstOrDefault(lane => lane.ToSeq != lane.FromSeq);
        if (witness == default) return false;
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand("SELECT seq FROM lanes WHERE lane = @lane AND epoch = @epoch FOR UPDATE", connection, transaction);
        command.Parameters.AddWithValue("@lane", witness.Lane);
        command.Parameters.AddWithValue("@epoch", witness.Epoch);
        object? seq = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return seq is not null && Convert.ToInt64(seq, CultureInfo.InvariantCulture) == witness.ToSeq;
    }
}
