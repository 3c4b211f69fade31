using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>The lanes table: who owns which lane, and how far its log goes. Thread-safe.</summary>
public sealed class LaneStore(string connectionString)
{
    /// <summary>Takes over all lanes: whoever owned them is fenced off from now on.</summary>
    public async Task<IReadOnlyList<LanePosition>> AcquireAllAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (var take = new MySqlCommand("UPDATE lanes SET epoch = epoch + 1", connection, transaction))
            await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var lanes = new List<LanePosition>();
        await using (var read = new MySqlCommand("SELECT lane, epoch, seq, checkpoint_seq FROM lanes ORDER BY lane", connection, transaction))
        await using (MySqlDataReader reader = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                lanes.Add(new LanePosition(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return lanes;
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
