using System.Globalization;
using System.Security.Cryptography;
using MySqlConnector;

namespace Ecart.MariaDb.Models;

/// <summary>A change of one domain's models within a transaction, while no other change runs.</summary>
internal sealed class ModelChange(MySqlTransaction transaction, string domain)
{
    /// <summary>A statement beside the artefact.</summary>
    private const int StatementBytes = 64 * 1024;

    public async Task<int> AddAsync(ModelDescription description, byte[] artefact, CancellationToken cancellationToken)
    {
        await RequireRoomAsync(artefact.Length, cancellationToken).ConfigureAwait(false);
        int version = await NextVersionAsync(cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command(
            """
            INSERT INTO model_artefacts (domain, version, slot, kind, embedding_version, format, artefact, sha256, trained_from, trained_until, trained_rows,
                                         metrics, reason, created_by)
            VALUES (@domain, @version, @slot, @kind, @embedding, @format, @artefact, @sha256, @from, @until, @rows, @metrics, @reason, @by)
            """,
            ("@version", version), ("@slot", description.Slot), ("@kind", description.Kind), ("@embedding", description.EmbeddingVersion),
            ("@format", description.Format), ("@artefact", artefact), ("@sha256", SHA256.HashData(artefact)), ("@from", description.TrainedFrom),
            ("@until", description.TrainedUntil), ("@rows", description.TrainedRows), ("@metrics", description.Metrics), ("@reason", description.Reason),
            ("@by", description.By));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return version;
    }

    public async Task ActivateAsync(string slot, int version, string reason, string by, CancellationToken cancellationToken)
    {
        if (version != 0) await RequireAdmittedAsync(slot, version, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command(
            """
            INSERT INTO model_activations (domain, slot, version, reason, activated_by) VALUES (@domain, @slot, @version, @reason, @by);
            INSERT INTO audit_log (actor, action, subject_type, subject_id, detail)
            VALUES (@by, 'activate', 'model', CONCAT(@domain, ' ', @slot), JSON_OBJECT('version', @version, 'reason', @reason))
            """,
            ("@slot", slot), ("@version", version), ("@reason", reason), ("@by", by));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireAdmittedAsync(string slot, int version, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = Command(
            "SELECT slot FROM model_artefacts WHERE domain = @domain AND version = @version", ("@version", version));
        string made = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string
            ?? throw new ModelStoreException($"The domain {domain} has no model {version}. 'ecart models list' shows those that there are.");
        if (!ModelSlot.Admits(slot, made)) throw new ModelStoreException($"Model {version} of {domain} is made for {made}; it cannot be in force as {slot}.");
    }

    /// <summary>Bytes travel escaped: twice their number in the worst case.</summary>
    private async Task RequireRoomAsync(int length, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = Command("SELECT @@max_allowed_packet");
        long most = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        long needed = (2L * length) + StatementBytes;
        if (needed <= most) return;
        throw new ModelStoreException(
            $"The model has {length:N0} bytes; the server takes statements of {most:N0}. Raise its variable max_allowed_packet to {needed:N0}, or train on fewer events.");
    }

    private async Task<int> NextVersionAsync(CancellationToken cancellationToken)
    {
        await using MySqlCommand command = Command(
            "SELECT COALESCE(MAX(version) + 1, @first) FROM model_artefacts WHERE domain = @domain", ("@first", ModelStore.FirstVersion));
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private MySqlCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new MySqlCommand(sql, transaction.Connection, transaction);
        command.Parameters.AddWithValue("@domain", domain);
        foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
