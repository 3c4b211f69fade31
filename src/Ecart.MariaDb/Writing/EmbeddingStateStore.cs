using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// How far the stored states of each embedding version go. The version in force is kept up with the lanes' checkpoints; another is brought up to them
/// before it comes into force. Thread-safe.
/// </summary>
public sealed class EmbeddingStateStore(string connectionString)
{
    /// <summary>Up to which log entry of each lane the states of a version go; a lane that is absent: none are there.</summary>
    public async Task<IReadOnlyDictionary<int, long>> ReadAsync(string domain, int embeddingVersion, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            "SELECT lane, checkpoint_seq FROM embedding_states WHERE domain = @domain AND embedding_version = @embedding", connection);
        command.Parameters.AddWithValue("@domain", domain);
        command.Parameters.AddWithValue("@embedding", embeddingVersion);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var reached = new Dictionary<int, long>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) reached.Add(row.GetInt32(0), row.GetInt64(1));
        return reached;
    }

    /// <summary>Brings one lane's states of a version further.</summary>
    /// <param name="states">The states that changed; only those of entities are taken.</param>
    /// <param name="lane">The lane: from its checkpoint to its seq.</param>
    /// <param name="cancellationToken">Gives up with nothing changed.</param>
    /// <returns>False when somebody else has brought it further meanwhile: nothing was written.</returns>
    public async Task<bool> AdvanceAsync(StateCheckpoint states, LanePosition lane, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(states);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var fence = new MySqlCommand(
            """
            INSERT IGNORE INTO embedding_states (domain, embedding_version, lane, checkpoint_seq) VALUES (@domain, @embedding, @lane, 0);
            UPDATE embedding_states SET checkpoint_seq = @to
            WHERE domain = @domain AND embedding_version = @embedding AND lane = @lane AND checkpoint_seq = @from;
            SELECT ROW_COUNT()
            """,
            connection,
            transaction);
        fence.Parameters.AddWithValue("@domain", states.Domain);
        fence.Parameters.AddWithValue("@embedding", states.EmbeddingVersion);
        fence.Parameters.AddWithValue("@lane", lane.Lane);
        fence.Parameters.AddWithValue("@from", lane.CheckpointSeq);
        fence.Parameters.AddWithValue("@to", lane.Seq);
        if (Convert.ToInt32(await fence.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture) != 1) return false;
        RowWriter rows = states.Entities;
        string? fault = await new BulkLoad(connection, transaction)
            .LoadAsync("entity_state", BatchTransaction.StateColumns, rows, 0, rows.Rows, true, cancellationToken).ConfigureAwait(false);
        if (fault is not null) throw new BatchRefusedException($"The server refused rows of entity_state: {fault}");
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Drops the states of all versions but some: they are made again from the log when they are needed.</summary>
    public async Task KeepOnlyAsync(string domain, IReadOnlyCollection<int> embeddingVersions, CancellationToken cancellationToken)
    {
        string kept = string.Join(',', embeddingVersions);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"""
             DELETE FROM embedding_states WHERE domain = @domain AND embedding_version NOT IN ({kept});
             DELETE FROM entity_state WHERE domain = @domain AND embedding_version NOT IN ({kept})
             """,
            connection);
        command.Parameters.AddWithValue("@domain", domain);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Within the transaction of a checkpoint: the states of its version go as far as the lanes.</summary>
    internal static async Task KeepAsync(
        MySqlConnection connection, MySqlTransaction transaction, StateCheckpoint checkpoint, IReadOnlyList<LaneAdvance> lanes, CancellationToken cancellationToken)
    {
        if (lanes.Count == 0) return;
        var sql = new StringBuilder("INSERT INTO embedding_states (domain, embedding_version, lane, checkpoint_seq) VALUES ");
        foreach (LaneAdvance lane in lanes)
            sql.Append(CultureInfo.InvariantCulture, $"(@domain,{checkpoint.EmbeddingVersion},{lane.Lane},{lane.ToSeq}),");
        sql.Length--;
        sql.Append(" ON DUPLICATE KEY UPDATE checkpoint_seq = VALUES(checkpoint_seq)");
        await using var command = new MySqlCommand(sql.ToString(), connection, transaction);
        command.Parameters.AddWithValue("@domain", checkpoint.Domain);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
