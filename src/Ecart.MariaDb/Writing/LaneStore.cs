using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>The lanes of one domain: who owns which, how far its log goes, and how far it has read each source. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="domain">The domain; its lanes are made when it is new.</param>
public sealed class LaneStore(string connectionString, string domain)
{
    /// <summary>Takes over all lanes and part 0 of the shared counts: whoever owned them is fenced off from now on.</summary>
    public Task<OwnedLanes> AcquireAllAsync(CancellationToken cancellationToken) => AcquireAsync(null, cancellationToken);

    /// <summary>Takes over a share of the lanes and a part of the shared counts: whoever owned them is fenced off from now on.</summary>
    /// <param name="share">What to take; null for all lanes and part 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OwnedLanes> AcquireAsync(LaneShare? share, CancellationToken cancellationToken)
    {
        string which = share is null ? "" : share.Lanes.Count == 0 ? "AND FALSE" : $"AND lane IN ({string.Join(',', share.Lanes)})";
        int part = share?.Part ?? 0;
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await MakeAsync(connection, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (MySqlCommand take = Command(
            $"""
             UPDATE lanes SET epoch = epoch + 1 WHERE domain = @domain {which};
             UPDATE state_parts SET epoch = epoch + 1 WHERE domain = @domain AND part = {part}
             """,
            connection, transaction))
            await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        List<LanePosition> lanes;
        await using (MySqlCommand read = Command(
            $"SELECT lane, epoch, seq, checkpoint_seq FROM lanes WHERE domain = @domain {which} ORDER BY lane", connection, transaction))
            lanes = await ReadAsync(read, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand ask = Command($"SELECT epoch FROM state_parts WHERE domain = @domain AND part = {part}", connection, transaction);
        long epoch = Convert.ToInt64(await ask.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new OwnedLanes(lanes, new StatePart(part, epoch));
    }

    /// <summary>Where every lane has read a source up to: the smallest offset over lanes, 0 when it is new.</summary>
    public async Task<long> ReadOffsetAsync(string source, int partition, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command(
            "SELECT COALESCE(MIN(next_offset), 0) FROM consumer_offsets WHERE source = @source AND partition_id = @partition AND domain = @domain", connection);
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
    public async Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(
        MySqlConnection connection, string source, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = Command(
            "SELECT partition_id, MIN(next_offset) FROM consumer_offsets WHERE source = @source AND domain = @domain GROUP BY partition_id", connection);
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
        await using MySqlCommand command = Command(
            "SELECT source, COALESCE(MIN(IF(partition_id = 0, next_offset, NULL)), 0) FROM consumer_offsets WHERE domain = @domain GROUP BY source", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var sources = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) sources.Add(row.GetString(0), row.GetInt64(1));
        return sources;
    }

    /// <summary>Forgets how far a source was read: it is read from its beginning next time.</summary>
    public async Task ForgetOffsetAsync(string source, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command("DELETE FROM consumer_offsets WHERE source = @source AND domain = @domain", connection);
        command.Parameters.AddWithValue("@source", source);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether lanes stand where a transaction of unknown outcome would have put them. Waits for that transaction, whose rows are locked until it is
    /// decided.
    /// </summary>
    internal async Task<bool> HaveMovedAsync(IReadOnlyList<LaneAdvance> advances, CancellationToken cancellationToken)
    {
        LaneAdvance witness = advances.FirstOrDefault(lane => lane.ToSeq != lane.FromSeq);
        if (witness == default) return false;
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command(
            "SELECT seq FROM lanes WHERE domain = @domain AND lane = @lane AND epoch = @epoch FOR UPDATE", connection, transaction);
        command.Parameters.AddWithValue("@lane", witness.Lane);
        command.Parameters.AddWithValue("@epoch", witness.Epoch);
        object? seq = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return seq is not null && Convert.ToInt64(seq, CultureInfo.InvariantCulture) == witness.ToSeq;
    }

    /// <summary>Where every lane stands now, without taking it over; none of a domain that was never used.</summary>
    public async Task<IReadOnlyList<LanePosition>> ReadAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command("SELECT lane, epoch, seq, checkpoint_seq FROM lanes WHERE domain = @domain ORDER BY lane", connection);
        return await ReadAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the lanes of a domain that is new. Only then: the rows of others are locked while they commit.</summary>
    private async Task MakeAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using MySqlCommand ask = Command("SELECT EXISTS (SELECT 1 FROM lanes WHERE domain = @domain)", connection);
        if (Convert.ToInt64(await ask.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture) == 1) return;
        await using MySqlCommand make = Command(
            """
            INSERT IGNORE INTO lanes (domain, lane) SELECT @domain, seq FROM seq_0_to_63;
            INSERT IGNORE INTO state_parts (domain, part) VALUES (@domain, 0)
            """,
            connection);
        await make.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<LanePosition>> ReadAsync(MySqlCommand command, CancellationToken cancellationToken)
    {
        var lanes = new List<LanePosition>();
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            lanes.Add(new LanePosition(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        return lanes;
    }

    private MySqlCommand Command(string sql, MySqlConnection connection, MySqlTransaction? transaction = null)
    {
        var command = new MySqlCommand(sql, connection, transaction);
        command.Parameters.AddWithValue("@domain", domain);
        return command;
    }
}
