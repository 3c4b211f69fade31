using System.Text.Json;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Clusters;

/// <summary>
/// Learned clusters by version. Of the versions for one embedding version one is in force; clusters that people entered under names of their own stay
/// in force beside it. Every change leaves a row in the audit log, and a running service takes it over. Thread-safe, and safe with other processes.
/// </summary>
public sealed class ClusterStore(string connectionString)
{
    /// <summary>Floats that a stored centroid has.</summary>
    public const int StoredDimension = 256;

    /// <summary>What the names of learned clusters begin with.</summary>
    private const string Prefix = "learned ";

    private const string IsLearned = "domain = @domain AND name LIKE '" + Prefix + "%'";

    /// <summary>All versions that were learned for a domain, the newest first.</summary>
    public async Task<IReadOnlyList<ClusterVersion>> ReadVersionsAsync(string domain, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"""
             SELECT version, MAX(embedding_version), COUNT(*), SUM(member_count), MAX(active), MIN(created_at) FROM behavior_clusters
             WHERE {IsLearned} GROUP BY version ORDER BY version DESC
             """,
            connection);
        command.Parameters.AddWithValue("@domain", domain);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var versions = new List<ClusterVersion>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            versions.Add(new ClusterVersion(
                row.GetInt32(0),
                row.GetInt32(1),
                row.GetInt32(2),
                Convert.ToInt64(row.GetValue(3), null),
                Convert.ToInt64(row.GetValue(4), null) != 0,
                DateTime.SpecifyKind(row.GetDateTime(5), DateTimeKind.Utc)));
        }

        return versions;
    }

    /// <summary>Stores clusters as the next version and puts it in force, in one transaction.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="embeddingVersion">Version of the events that they were learned from.</param>
    /// <param name="clusters">At least one.</param>
    /// <param name="by">Who, for the audit log.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <returns>The new version.</returns>
    public async Task<int> AddVersionAsync(
        string domain, int embeddingVersion, IReadOnlyList<LearnedCluster> clusters, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentOutOfRangeException.ThrowIfZero(clusters.Count);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        int version = 1 + await ReadIntegerAsync(
            transaction, "SELECT COALESCE(MAX(version), 0) FROM behavior_clusters WHERE domain = @domain FOR UPDATE", domain, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < clusters.Count; i++)
        {
            await using var insert = new MySqlCommand(
                """
                INSERT INTO behavior_clusters (name, domain, centroid, radius, member_count, version, embedding_version, active)
                VALUES (@name, @domain, @centroid, @radius, @members, @version, @embedding_version, FALSE)
                """,
                connection,
                transaction);
            var centroid = new float[StoredDimension];
            clusters[i].Centroid.CopyTo(centroid, 0);
            insert.Parameters.AddWithValue("@name", $"{Prefix}{i + 1}");
            insert.Parameters.AddWithValue("@domain", domain);
            insert.Parameters.Add(new MySqlParameter("@centroid", MySqlDbType.Vector) { Value = centroid });
            insert.Parameters.AddWithValue("@radius", clusters[i].Radius);
            insert.Parameters.AddWithValue("@members", clusters[i].Members);
            insert.Parameters.AddWithValue("@version", version);
            insert.Parameters.AddWithValue("@embedding_version", embeddingVersion);
            await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await ActivateAsync(transaction, domain, version, by, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return version;
    }

    /// <summary>Puts a version, older or newer, in force instead of the others for its embedding version.</summary>
    /// <exception cref="ArgumentException">The domain has no such version.</exception>
    public async Task ActivateAsync(string domain, int version, string by, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ActivateAsync(transaction, domain, version, by, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ActivateAsync(MySqlTransaction transaction, string domain, int version, string by, CancellationToken cancellationToken)
    {
        int embeddingVersion = await ReadIntegerAsync(
            transaction,
            $"SELECT COALESCE(MAX(embedding_version), -1) FROM behavior_clusters WHERE {IsLearned} AND version = {version}",
            domain,
            cancellationToken).ConfigureAwait(false);
        if (embeddingVersion < 0) throw new ArgumentException($"There is no version {version} of learned clusters for {domain}.", nameof(version));
        await using var update = new MySqlCommand(
            $"""
             UPDATE behavior_clusters SET active = (version = @version) WHERE {IsLearned} AND embedding_version = @embedding_version;
             INSERT INTO audit_log (actor, action, subject_type, subject_id, detail) VALUES (@by, 'activate', 'clusters', @domain, @detail)
             """,
            transaction.Connection,
            transaction);
        update.Parameters.AddWithValue("@domain", domain);
        update.Parameters.AddWithValue("@version", version);
        update.Parameters.AddWithValue("@embedding_version", embeddingVersion);
        update.Parameters.AddWithValue("@by", by);
        update.Parameters.AddWithValue("@detail", JsonSerializer.Serialize(new { version, embedding_version = embeddingVersion }));
        await update.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> ReadIntegerAsync(MySqlTransaction transaction, string sql, string domain, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, transaction.Connection, transaction);
        command.Parameters.AddWithValue("@domain", domain);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), null);
    }
}
