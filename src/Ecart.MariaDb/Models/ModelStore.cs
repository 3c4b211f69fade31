using System.Data;
using System.Security.Cryptography;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Models;

/// <summary>
/// Trained models and which of them are in force. A stored model never changes; every change of what is in force leaves a row here and in the audit log.
/// Thread-safe, and safe with other processes.
/// </summary>
public sealed class ModelStore(string connectionString)
{
    /// <summary>The first version of a domain. Smaller ones are those of layouts: a learned embedding never shares its version with one.</summary>
    public const int FirstVersion = 101;

    private const string DescriptionColumns =
        "m.slot, m.kind, m.embedding_version, m.format, m.trained_from, m.trained_until, m.trained_rows, m.metrics, m.reason, m.created_by";

    private const string InForce =
        "SELECT slot, version, reason, activated_by, activated_at FROM model_activations WHERE activation_id IN "
        + "(SELECT MAX(activation_id) FROM model_activations WHERE domain = @domain GROUP BY slot) ORDER BY slot";

    /// <summary>Stores a model. It is not in force yet.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="ModelStoreException">The artefact is larger than the server takes in one piece.</exception>
    public async Task<int> AddAsync(ModelDescription description, byte[] artefact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        int version = 0;
        await ChangeAsync(
            description.Domain,
            async change => version = await change.AddAsync(description, artefact, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return version;
    }

    /// <summary>Reads a model.</summary>
    /// <returns>Null when the domain has no such version.</returns>
    /// <exception cref="ModelStoreException">The stored bytes are damaged.</exception>
    public async Task<StoredModel?> FindAsync(string domain, int version, CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command(
            connection,
            $"SELECT m.artefact, m.sha256, {DescriptionColumns} FROM model_artefacts m WHERE m.domain = @domain AND m.version = @version",
            domain);
        command.Parameters.AddWithValue("@version", version);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        var artefact = (byte[])row.GetValue(0);
        if (!SHA256.HashData(artefact).AsSpan().SequenceEqual((byte[])row.GetValue(1)))
        {
            throw new ModelStoreException(
                $"Model {version} of {domain} is damaged: its checksum differs from what was stored. Restore model_artefacts from a backup, or put another "
                + "model in force with 'ecart models use'.");
        }

        return new StoredModel(version, ReadDescription(row, 2, domain), artefact);
    }

    /// <summary>The model in force in a slot; null for none.</summary>
    /// <exception cref="ModelStoreException">It is damaged.</exception>
    public async Task<StoredModel?> FindInForceAsync(string domain, string slot, CancellationToken cancellationToken = default)
    {
        foreach (ModelActivation activation in await ReadInForceAsync(domain, cancellationToken).ConfigureAwait(false))
        {
            if (activation.Slot == slot) return await FindAsync(domain, activation.Version, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>What is in force: one entry a slot that has a model, by the slot's name.</summary>
    public async Task<IReadOnlyList<ModelActivation>> ReadInForceAsync(string domain, CancellationToken cancellationToken = default)
    {
        return [.. (await ReadActivationsAsync(InForce, domain, cancellationToken).ConfigureAwait(false)).Where(one => one.Version > 0)];
    }

    /// <summary>Every change of what is in force, the newest first.</summary>
    public Task<IReadOnlyList<ModelActivation>> ReadHistoryAsync(string domain, CancellationToken cancellationToken = default) => ReadActivationsAsync(
        "SELECT slot, version, reason, activated_by, activated_at FROM model_activations WHERE domain = @domain ORDER BY activation_id DESC",
        domain,
        cancellationToken);

    /// <summary>All models of a domain, the newest first.</summary>
    public async Task<IReadOnlyList<ModelSummary>> ListAsync(string domain, CancellationToken cancellationToken = default)
    {
        ILookup<int, string> slots = (await ReadInForceAsync(domain, cancellationToken).ConfigureAwait(false))
            .ToLookup(activation => activation.Version, activation => activation.Slot);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command(
            connection,
            $"""
             SELECT m.version, LENGTH(m.artefact), m.created_at, {DescriptionColumns} FROM model_artefacts m
             WHERE m.domain = @domain ORDER BY m.version DESC
             """,
            domain);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var models = new List<ModelSummary>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            int version = row.GetInt32(0);
            models.Add(new ModelSummary(version, ReadDescription(row, 3, domain), row.GetInt64(1), Utc(row.GetDateTime(2)), [.. slots[version]]));
        }

        return models;
    }

    /// <summary>Puts a model in force in a slot, in place of the one that is.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="slot">Its own slot, or one within it.</param>
    /// <param name="version">The model; 0 for none.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <exception cref="ModelStoreException">The domain has no such model, or it is made for something else.</exception>
    public Task ActivateAsync(string domain, string slot, int version, string reason, string by, CancellationToken cancellationToken = default) =>
        ChangeAsync(domain, change => change.ActivateAsync(slot, version, reason, by, cancellationToken), cancellationToken);

    /// <summary>The version that was in force in a slot before the one that is; 0 when there was none.</summary>
    /// <exception cref="ModelStoreException">Nothing was ever in force there.</exception>
    public async Task<int> FindPreviousAsync(string domain, string slot, CancellationToken cancellationToken = default)
    {
        List<int> versions = [.. (await ReadHistoryAsync(domain, cancellationToken).ConfigureAwait(false))
            .Where(activation => activation.Slot == slot).Select(activation => activation.Version)];
        if (versions.Count == 0)
            throw new ModelStoreException($"No model of {domain} was ever in force as {slot}: there is nothing to go back from. 'ecart models list' shows what there is.");
        return versions.FirstOrDefault(version => version != versions[0]);
    }

    private async Task ChangeAsync(string domain, Func<ModelChange, Task> work, CancellationToken cancellationToken)
    {
        if (domain.Length is 0 or > 32) throw new ArgumentException($"The domain has {domain.Length} characters: it needs 1 to 32.", nameof(domain));
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using NamedLock turn = await NamedLock.AcquireAsync(connection, "models", null, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await work(new ModelChange(transaction, domain)).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ModelActivation>> ReadActivationsAsync(string sql, string domain, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlCommand command = Command(connection, sql, domain);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var activations = new List<ModelActivation>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            activations.Add(new ModelActivation(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), Utc(row.GetDateTime(4))));
        return activations;
    }

    private static ModelDescription ReadDescription(MySqlDataReader row, int first, string domain) => new(
        domain,
        row.GetString(first),
        row.GetString(first + 1),
        row.GetInt32(first + 2),
        row.GetInt32(first + 3),
        row.IsDBNull(first + 4) ? null : Utc(row.GetDateTime(first + 4)),
        row.IsDBNull(first + 5) ? null : Utc(row.GetDateTime(first + 5)),
        row.GetInt64(first + 6),
        row.IsDBNull(first + 7) ? null : row.GetString(first + 7),
        row.GetString(first + 8),
        row.GetString(first + 9));

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static MySqlCommand Command(MySqlConnection connection, string sql, string domain)
    {
        var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("@domain", domain);
        return command;
    }
}
