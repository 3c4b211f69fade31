using System.Globalization;
using System.Text.Json;
using Ecart.Detection.Batch.Clusters;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>Keeps the clusters that were found among normal events: the reference of entities that have no profile yet. Thread-safe.</summary>
public sealed class ClusterStore(string connectionString)
{
    private const int StoredDimension = 256;
    private static readonly string[] Columns = ["name", "domain", "centroid", "radius", "member_count", "version", "embedding_version"];

    /// <summary>Puts clusters in force in place of those of the same embedding that are; who scores takes them over as any change of patterns.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="embeddingVersion">Version of the vectors that they were found among.</param>
    /// <param name="clusters">The clusters; none takes those in force out of it.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up with nothing changed.</param>
    /// <returns>The version of the new ones.</returns>
    public async Task<int> ReplaceAsync(
        string domain, int embeddingVersion, IReadOnlyList<RowCluster> clusters, string reason, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using Schema.NamedLock turn = await Schema.NamedLock.AcquireAsync(connection, "clusters", null, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var prepare = new MySqlCommand(
            """
            UPDATE behavior_clusters SET active = FALSE WHERE domain = @domain AND embedding_version = @embedding AND active;
            INSERT INTO audit_log (actor, action, subject_type, subject_id, detail) VALUES (@by, 'replace', 'clusters', @domain, @detail);
            SELECT COALESCE(MAX(version), 0) + 1 FROM behavior_clusters WHERE domain = @domain
            """,
            connection,
            transaction);
        prepare.Parameters.AddWithValue("@domain", domain);
        prepare.Parameters.AddWithValue("@embedding", embeddingVersion);
        prepare.Parameters.AddWithValue("@by", by);
        prepare.Parameters.AddWithValue("@detail", JsonSerializer.Serialize(new { clusters = clusters.Count, embedding = embeddingVersion, reason }));
        int version = Convert.ToInt32(await prepare.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        RowWriter rows = Write(domain, embeddingVersion, version, clusters, await StoreSession.BestFormatAsync(connection, cancellationToken).ConfigureAwait(false));
        string? fault = await new BulkLoad(connection, transaction)
            .LoadAsync("behavior_clusters", Columns, rows, 0, rows.Rows, false, cancellationToken).ConfigureAwait(false);
        if (fault is not null) throw new BatchRefusedException($"The server refused rows of behavior_clusters: {fault}");
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return version;
    }

    private static RowWriter Write(string domain, int embeddingVersion, int version, IReadOnlyList<RowCluster> clusters, RowFormat format)
    {
        var rows = new RowWriter(format);
        var padded = new float[StoredDimension];
        int number = 0;
        foreach (RowCluster cluster in clusters.OrderByDescending(cluster => cluster.Members))
        {
            padded.AsSpan().Clear();
            cluster.Centroid.CopyTo(padded, 0);
            rows.Text(string.Create(CultureInfo.InvariantCulture, $"usual {++number}"));
            rows.Text(domain);
            rows.Vector(padded);
            rows.Number(cluster.Radius);
            rows.Number(cluster.Members);
            rows.Number(version);
            rows.Number(embeddingVersion);
            rows.EndRow();
        }

        return rows;
    }
}
