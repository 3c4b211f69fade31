using System.Runtime.CompilerServices;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>
/// The profiles of entities whose stored state is another than the published one. Read from the store, because an engine has only some of the entities in
/// memory. Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="shape">The domain's table of profiles.</param>
public sealed class ProfileChanges<TProfile>(string connectionString, IProfileTable<TProfile> shape)
{
    private readonly string select =
        $"""
        SELECT s.entity_id, s.lane, s.seq, s.format, s.state
        FROM entity_state s LEFT JOIN {shape.Table} p ON {string.Concat(shape.OtherKeys.Select(column => $"p.{column} = s.{column} AND "))}p.{shape.EntityColumn} = s.entity_id{(shape.PartColumn is { } part ? $" AND p.{part} = ''" : "")}
        WHERE s.domain = @domain AND s.entity_type = @type AND s.embedding_version = @embedding AND s.entity_id > @after
          AND (p.{shape.EntityColumn} IS NULL OR p.seq <> s.seq OR p.configuration_version <> @configuration OR p.embedding_version <> @embedding)
        ORDER BY s.entity_id LIMIT @count
        """;

    /// <summary>Streams the profiles as of the last checkpoint; entities with nothing normal in their window have none.</summary>
    /// <param name="engine">
    /// An engine that knows nothing yet, of the configuration and models in force: what others have published is to be published again.
    /// </param>
    /// <param name="configurationVersion">Version of its configuration.</param>
    /// <param name="publish">The published form of what the engine holds at that moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<TProfile> ReadAsync(
        IDomainEngine engine, int configurationVersion, Func<IEnumerable<TProfile>> publish, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(publish);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        string after = "";
        while (await RestoreNextAsync(engine, configurationVersion, connection, after, cancellationToken).ConfigureAwait(false) is { } last)
        {
            after = last;
            foreach (TProfile profile in publish()) yield return profile;
            engine.Evict(0);
        }
    }

    /// <returns>The last entity of those restored; null when there are no more.</returns>
    private async Task<string?> RestoreNextAsync(
        IDomainEngine engine, int configurationVersion, MySqlConnection connection, string after, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(select, connection);
        command.Parameters.AddWithValue("@domain", engine.Domain);
        command.Parameters.AddWithValue("@type", engine.EntityType);
        command.Parameters.AddWithValue("@after", after);
        command.Parameters.AddWithValue("@configuration", configurationVersion);
        command.Parameters.AddWithValue("@embedding", engine.EmbeddingVersion);
        command.Parameters.AddWithValue("@count", shape.EntitiesPerRead);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        string? last = null;
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            last = row.GetString(0);
            engine.RestoreEntity(engine.EntityType, last, row.GetInt32(1), row.GetInt64(2), row.GetInt32(3), (byte[])row.GetValue(4));
        }

        return last;
    }
}
