using System.Text.Json;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Signatures;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Signatures;

/// <summary>
/// Signatures of network threats. Every change leaves a row in the audit log, and a running service takes it over. Thread-safe, and safe with other processes.
/// </summary>
public sealed class SignatureStore(string connectionString)
{
    /// <summary>Floats that a stored vector has.</summary>
    private const int StoredDimension = 256;

    /// <summary>Reads the signatures of the network domain, by name.</summary>
    public async Task<IReadOnlyList<StoredSignature>> ReadAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            """
            SELECT name, category, severity, `vector`, radius, description, mitre_id, embedding_version, active, created_at FROM threat_signatures
            WHERE domain = @domain ORDER BY name, embedding_version
            """,
            connection);
        command.Parameters.AddWithValue("@domain", NetworkFlow.DomainName);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var signatures = new List<StoredSignature>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) signatures.Add(Read(row));
        return signatures;
    }

    /// <summary>Stores signatures and puts them in force, in one transaction: one of a name and version that is there already takes its place.</summary>
    /// <param name="signatures">Checked ones.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <returns>How many are new.</returns>
    public async Task<int> PutAsync(IReadOnlyList<NetworkSignature> signatures, string reason, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        int added = 0;
        foreach (NetworkSignature signature in signatures)
        {
            if (!await IsKnownAsync(signature, transaction, cancellationToken).ConfigureAwait(false)) added++;
            await using MySqlCommand put = MakePut(signature, transaction);
            await put.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            await AuditAsync(transaction, "put", signature.Name, reason, by, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return added;
    }

    /// <summary>Takes a signature out of force, or puts it back.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isActive">Whether it is to be matched.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <returns>False when there is no signature of this name.</returns>
    public async Task<bool> SetActiveAsync(string name, bool isActive, string reason, string by, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var update = new MySqlCommand(
            "SELECT COUNT(*) INTO @found FROM threat_signatures WHERE name = @name AND domain = @domain; "
            + "UPDATE threat_signatures SET active = @active WHERE name = @name AND domain = @domain; SELECT @found",
            connection,
            transaction);
        update.Parameters.AddWithValue("@name", name);
        update.Parameters.AddWithValue("@domain", NetworkFlow.DomainName);
        update.Parameters.AddWithValue("@active", isActive);
        if (Convert.ToInt64(await update.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), null) == 0) return false;
        await AuditAsync(transaction, isActive ? "activate" : "deactivate", name, reason, by, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<bool> IsKnownAsync(NetworkSignature signature, MySqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var find = new MySqlCommand(
            "SELECT COUNT(*) FROM threat_signatures WHERE name = @name AND embedding_version = @version FOR UPDATE", transaction.Connection, transaction);
        find.Parameters.AddWithValue("@name", signature.Name);
        find.Parameters.AddWithValue("@version", signature.EmbeddingVersion);
        return Convert.ToInt64(await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), null) > 0;
    }

    private static MySqlCommand MakePut(NetworkSignature signature, MySqlTransaction transaction)
    {
        var put = new MySqlCommand(
            """
            INSERT INTO threat_signatures (name, category, severity, domain, `vector`, radius, description, mitre_id, embedding_version, active)
            VALUES (@name, @category, @severity, @domain, @vector, @radius, @description, @mitre, @embedding_version, TRUE)
            ON DUPLICATE KEY UPDATE category = VALUES(category), severity = VALUES(severity), domain = VALUES(domain), `vector` = VALUES(`vector`),
                radius = VALUES(radius), description = VALUES(description), mitre_id = VALUES(mitre_id), active = TRUE
            """,
            transaction.Connection,
            transaction);
        var vector = new float[StoredDimension];
        for (int i = 0; i < signature.Vector.Count; i++) vector[i] = signature.Vector[i];
        put.Parameters.AddWithValue("@name", signature.Name);
        put.Parameters.AddWithValue("@category", signature.Category);
        put.Parameters.AddWithValue("@severity", StoredNames.Of(signature.Severity));
        put.Parameters.AddWithValue("@domain", NetworkFlow.DomainName);
        put.Parameters.Add(new MySqlParameter("@vector", MySqlDbType.Vector) { Value = vector });
        put.Parameters.AddWithValue("@radius", signature.Radius);
        put.Parameters.AddWithValue("@description", signature.Description);
        put.Parameters.AddWithValue("@mitre", signature.MitreId);
        put.Parameters.AddWithValue("@embedding_version", signature.EmbeddingVersion);
        return put;
    }

    private static StoredSignature Read(MySqlDataReader row) => new(
        new NetworkSignature
        {
            Name = row.GetString(0),
            Category = row.GetString(1),
            Severity = Enum.Parse<Severity>(row.GetString(2), ignoreCase: true),
            Vector = VectorColumn.Read(row, 3)[..NetworkLayout.Dimension].ToArray(),
            Radius = row.GetDouble(4),
            Description = row.IsDBNull(5) ? null : row.GetString(5),
            MitreId = row.IsDBNull(6) ? null : row.GetString(6),
            EmbeddingVersion = row.GetInt32(7),
        },
        row.GetBoolean(8),
        DateTime.SpecifyKind(row.GetDateTime(9), DateTimeKind.Utc));

    private static async Task AuditAsync(
        MySqlTransaction transaction, string action, string name, string reason, string by, CancellationToken cancellationToken)
    {
        await using var audit = new MySqlCommand(
            "INSERT INTO audit_log (actor, action, subject_type, subject_id, detail) VALUES (@by, @action, 'signature', @name, @detail)",
            transaction.Connection,
            transaction);
        audit.Parameters.AddWithValue("@by", by);
        audit.Parameters.AddWithValue("@action", action);
        audit.Parameters.AddWithValue("@name", name);
        audit.Parameters.AddWithValue("@detail", JsonSerializer.Serialize(new { reason }));
        await audit.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
