using System.Globalization;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Streaming.Cluster;

/// <summary>Which node counts in which part of the shared counts. Thread-safe.</summary>
internal sealed class StateParts(string connectionString, string domain)
{
    /// <summary>The part of a node: the one it has, else the first whose owner is gone, else a new one.</summary>
    /// <param name="node">The node.</param>
    /// <param name="living">All nodes that may still count, this one too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<int> ClaimAsync(string node, IReadOnlySet<string> living, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        // The first that ever runs in a domain finds none.
        await using (MySqlCommand begin = Command("INSERT IGNORE INTO state_parts (domain, part) VALUES (@domain, 0)", connection, transaction))
            await begin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var parts = new List<(int Part, string? Owner)>();
        await using (MySqlCommand read = Command("SELECT part, owner FROM state_parts WHERE domain = @domain ORDER BY part FOR UPDATE", connection, transaction))
        await using (MySqlDataReader row = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) parts.Add((row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1)));
        }

        int own = parts.FindIndex(part => part.Owner == node);
        if (own >= 0) return parts[own].Part;
        int left = parts.FindIndex(part => part.Owner is null || !living.Contains(part.Owner));
        int claimed = left >= 0 ? parts[left].Part : parts[^1].Part + 1;
        await using MySqlCommand take = Command(
            "INSERT INTO state_parts (domain, part, owner) VALUES (@domain, @part, @node) ON DUPLICATE KEY UPDATE owner = @node", connection, transaction);
        take.Parameters.AddWithValue("@part", claimed);
        take.Parameters.AddWithValue("@node", node);
        await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return claimed;
    }

    /// <summary>Leaves the part of a node to whoever comes next.</summary>
    public async Task LeaveAsync(string node, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command("UPDATE state_parts SET owner = NULL WHERE domain = @domain AND owner = @node", connection);
        command.Parameters.AddWithValue("@node", node);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A number that changes whenever another part than one is written.</summary>
    public async Task<long> ReadStampAsync(int part, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command("SELECT COALESCE(SUM(checkpoints), 0) FROM state_parts WHERE domain = @domain AND part <> @part", connection);
        command.Parameters.AddWithValue("@part", part);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private MySqlCommand Command(string sql, MySqlConnection connection, MySqlTransaction? transaction = null)
    {
        var command = new MySqlCommand(sql, connection, transaction);
        command.Parameters.AddWithValue("@domain", domain);
        return command;
    }
}
