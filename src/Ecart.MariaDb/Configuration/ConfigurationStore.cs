using System.Data;
using System.Text.Json;
using Ecart.MariaDb.Requests;
using MySqlConnector;

namespace Ecart.MariaDb.Configuration;

/// <summary>
/// The versions of each domain's settings. A version never changes once written, and exactly one is active for a domain that has any; every
/// change of what is active leaves a row in the audit log. Thread-safe, and safe with other processes.
/// </summary>
public sealed class ConfigurationStore(string connectionString)
{
    /// <summary>Longest name of a domain, and of a person, in characters.</summary>
    private const int LongestDomain = 32;
    private const int LongestName = 128;

    /// <summary>Writes version 1 and activates it, unless the domain has a version.</summary>
    /// <returns>The active version, whether it is new or not.</returns>
    /// <exception cref="ArgumentException">The settings are no JSON object, or the domain's name is empty or over 32 characters.</exception>
    public async Task<ActiveConfiguration> EnsureDefaultAsync(
        string domain, string settingsJson, CancellationToken cancellationToken = default)
    {
        Validate(domain, settingsJson);
        if (await GetActiveAsync(domain, cancellationToken).ConfigureAwait(false) is { } present) return present;

        await ChangeAsync(
            domain,
            async change =>
            {
                if (change.LatestVersion == 0)
                    await change.AddAsync(settingsJson, "defaults", "ecart", activate: true, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return (await GetActiveAsync(domain, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>The active version, or null for a domain without any.</summary>
    public async Task<ActiveConfiguration?> GetActiveAsync(string domain, CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        using var command = new MySqlCommand(
            "SELECT version, settings FROM configuration_versions WHERE domain = @domain AND is_active", connection);
        command.Parameters.AddWithValue("@domain", domain);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new ActiveConfiguration(reader.GetInt32(0), reader.GetString(1))
            : null;
    }

    /// <summary>The active version of every domain that has one, in the order of their names.</summary>
    public async Task<IReadOnlyList<(string Domain, ActiveConfiguration Active)>> ReadActiveAsync(CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        using var command = new MySqlCommand("SELECT domain, version, settings FROM configuration_versions WHERE is_active ORDER BY domain", connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var all = new List<(string, ActiveConfiguration)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            all.Add((reader.GetString(0), new ActiveConfiguration(reader.GetInt32(1), reader.GetString(2))));
        return all;
    }

    /// <summary>The settings of a version, active or not; null when the domain has no such version.</summary>
    public async Task<string?> GetSettingsAsync(string domain, int version, CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        using var command = new MySqlCommand(
            "SELECT settings FROM configuration_versions WHERE domain = @domain AND version = @version", connection);
        command.Parameters.AddWithValue("@domain", domain);
        command.Parameters.AddWithValue("@version", version);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    /// <summary>Writes the next version.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="settingsJson">A JSON object.</param>
    /// <param name="reason">Why, for the people who read it later.</param>
    /// <param name="by">Who.</param>
    /// <param name="activate">Score by it from now on. A domain's first version is active in any case.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <returns>The new version's number.</returns>
    /// <exception cref="ArgumentException">The settings are no JSON object, or a name is empty or too long.</exception>
    public async Task<int> AddVersionAsync(
        string domain, string settingsJson, string reason, string by, bool activate, CancellationToken cancellationToken = default)
    {
        Validate(domain, settingsJson);
        ValidateLength(by, LongestName, nameof(by));
        int version = 0;
        await ChangeAsync(
            domain,
            async change => version = await change.AddAsync(settingsJson, reason, by, activate, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return version;
    }

    /// <summary>Writes the next version with the thresholds that calibration proposed and a person applies, and activates it.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="expected">The version that the thresholds were made for.</param>
    /// <param name="settingsJson">All settings, a JSON object.</param>
    /// <param name="thresholdsJson">The thresholds among them.</param>
    /// <param name="basisJson">What they rest on, a JSON object.</param>
    /// <param name="reason">Why, for the people who read it later.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <returns>The new version's number; null, and nothing changed, when <paramref name="expected"/> is not the active version any more.</returns>
    /// <exception cref="ArgumentException">The settings are no JSON object, or a name is empty or too long.</exception>
    public async Task<int?> AddCalibratedAsync(
        string domain, int expected, string settingsJson, string thresholdsJson, string basisJson, string reason, string by, CancellationToken cancellationToken = default)
    {
        Validate(domain, settingsJson);
        ValidateLength(by, LongestName, nameof(by));
        int? version = null;
        await ChangeAsync(
            domain,
            async change =>
            {
                if (await change.ReadActiveAsync(cancellationToken).ConfigureAwait(false) != expected) return;
                version = await change.AddAsync(settingsJson, reason, by, activate: true, cancellationToken).ConfigureAwait(false);
                await change.NoteThresholdsAsync(thresholdsJson, basisJson, reason, by, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return version;
    }

    /// <summary>Makes a version, older or newer, the active one.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="version">The version.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <exception cref="ArgumentException">The domain has no such version.</exception>
    public Task ActivateAsync(
        string domain, int version, string reason, string by = "ecart", CancellationToken cancellationToken = default)
    {
        ValidateLength(by, LongestName, nameof(by));
        return ChangeAsync(
            domain, change => change.ActivateAsync(version, reason, by, cancellationToken), cancellationToken);
    }

    private async Task ChangeAsync(string domain, Func<ConfigurationChange, Task> work, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        // A domain without versions has no row to lock, so changes take turns by name.
        await using Schema.NamedLock turn = await Schema.NamedLock
            .AcquireAsync(connection, "configuration", null, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await work(await ConfigurationChange.BeginAsync(transaction, domain, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (RequestClaim.Current is { } claim) await claim.NoteChangeAsync(transaction, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        return connection;
    }

    private static void Validate(string domain, string settingsJson)
    {
        ValidateLength(domain, LongestDomain, nameof(domain));
        try
        {
            using JsonDocument document = JsonDocument.Parse(settingsJson);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return;
            throw new ArgumentException(
                $"The settings of {domain} are a JSON {document.RootElement.ValueKind}, not an object.", nameof(settingsJson));
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The settings of {domain} are not JSON: {exception.Message}", nameof(settingsJson), exception);
        }
    }

    private static void ValidateLength(string text, int longest, string parameter)
    {
        if (text.Length == 0 || text.Length > longest)
            throw new ArgumentException($"{parameter} has {text.Length} characters: it needs 1 to {longest}.", parameter);
    }
}
