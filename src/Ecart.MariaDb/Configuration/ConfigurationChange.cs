using System.Text.Json;
using MySqlConnector;

namespace Ecart.MariaDb.Configuration;

/// <summary>A change of one domain's versions within a transaction, while no other change runs.</summary>
internal sealed class ConfigurationChange
{
    private readonly MySqlTransaction transaction;
    private readonly string domain;

    private ConfigurationChange(MySqlTransaction transaction, string domain)
    {
        this.transaction = transaction;
        this.domain = domain;
    }

    /// <summary>Newest version; 0 for none.</summary>
    public int LatestVersion { get; private set; }

    public static async Task<ConfigurationChange> BeginAsync(
        MySqlTransaction transaction, string domain, CancellationToken cancellationToken)
    {
        var change = new ConfigurationChange(transaction, domain);
        using MySqlCommand command = change.Command("SELECT COALESCE(MAX(version), 0) FROM configuration_versions WHERE domain = @domain");
        change.LatestVersion = Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false));
        return change;
    }

    /// <summary>The active version; 0 for none.</summary>
    public async Task<int> ReadActiveAsync(CancellationToken cancellationToken)
    {
        using MySqlCommand command = Command("SELECT COALESCE(MAX(version), 0) FROM configuration_versions WHERE domain = @domain AND is_active");
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Notes the thresholds of the version that was added last, under its number.</summary>
    public async Task NoteThresholdsAsync(string thresholds, string basis, string reason, string by, CancellationToken cancellationToken)
    {
        using MySqlCommand note = Command(
            """
            INSERT INTO threshold_versions (domain, version, thresholds, basis, is_active, reason, created_by)
            VALUES (@domain, @version, @thresholds, @basis, FALSE, @reason, @by)
            """,
            ("@version", LatestVersion), ("@thresholds", thresholds), ("@basis", basis), ("@reason", reason), ("@by", by));
        await note.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await FollowThresholdsAsync(LatestVersion, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> AddAsync(string settings, string reason, string by, bool activate, CancellationToken cancellationToken)
    {
        int version = LatestVersion + 1;
        using MySqlCommand command = Command(
            """
            INSERT INTO configuration_versions (domain, version, settings, is_active, reason, created_by)
            VALUES (@domain, @version, @settings, FALSE, @reason, @by)
            """,
            ("@version", version), ("@settings", settings), ("@reason", reason), ("@by", by));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        if (activate || LatestVersion == 0) await ActivateAsync(version, reason, by, cancellationToken).ConfigureAwait(false);
        LatestVersion = version;
        return version;
    }

    public async Task ActivateAsync(int version, string reason, string by, CancellationToken cancellationToken)
    {
        // The old one first: the table permits one active version a domain at any instant.
        using MySqlCommand deactivate = Command(
            "UPDATE configuration_versions SET is_active = FALSE WHERE domain = @domain AND is_active");
        await deactivate.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        using MySqlCommand activate = Command(
            "UPDATE configuration_versions SET is_active = TRUE WHERE domain = @domain AND version = @version", ("@version", version));
        if (await activate.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) != 1)
            throw new ArgumentException($"The domain {domain} has no version {version}.", nameof(version));
        await FollowThresholdsAsync(version, cancellationToken).ConfigureAwait(false);
        using MySqlCommand audit = Command(
            """
            INSERT INTO audit_log (actor, action, subject_type, subject_id, detail)
            VALUES (@by, 'activate', 'configuration', @domain, @detail)
            """,
            ("@by", by), ("@detail", JsonSerializer.Serialize(new { version, reason })));
        await audit.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The thresholds of the active version, if calibration made them, are the active ones.</summary>
    private async Task FollowThresholdsAsync(int version, CancellationToken cancellationToken)
    {
        using MySqlCommand end = Command("UPDATE threshold_versions SET is_active = FALSE WHERE domain = @domain AND is_active AND version <> @version", ("@version", version));
        await end.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        using MySqlCommand begin = Command("UPDATE threshold_versions SET is_active = TRUE WHERE domain = @domain AND version = @version", ("@version", version));
        await begin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private MySqlCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new MySqlCommand(sql, transaction.Connection, transaction);
        command.Parameters.AddWithValue("@domain", domain);
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
