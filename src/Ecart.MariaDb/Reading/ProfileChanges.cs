using System.Runtime.CompilerServices;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>
/// The profiles of accounts whose stored state is another than the published one. Read from the store, because an engine has only some of the accounts in
/// memory. Thread-safe.
/// </summary>
public sealed class ProfileChanges(string connectionString)
{
    private const int AccountsPerQuery = 1000;

    private const string Select =
        """
        SELECT s.entity_id, s.lane, s.seq, s.format, s.state
        FROM entity_state s LEFT JOIN account_spending_profiles p ON p.account_id = s.entity_id
        WHERE s.domain = @domain AND s.entity_type = @type AND s.embedding_version = @embedding AND s.entity_id > @after
          AND (p.account_id IS NULL OR p.seq <> s.seq OR p.configuration_version <> @configuration OR p.embedding_version <> @embedding)
        ORDER BY s.entity_id LIMIT @count
        """;

    /// <summary>Streams the profiles as of the last checkpoint; accounts with nothing normal in their window have none.</summary>
    /// <param name="engine">
    /// An engine that knows nothing yet, of the configuration and models in force: what others have published is to be published again.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<PublishedAccountProfile> ReadAsync(TransactionEngine engine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        string after = "";
        while (await RestoreNextAsync(engine, connection, after, cancellationToken).ConfigureAwait(false) is { } last)
        {
            after = last;
            foreach (PublishedAccountProfile profile in engine.PublishProfiles(null, onlyChanged: false)) yield return profile;
            engine.Evict(0);
        }
    }

    /// <returns>The last account of those restored; null when there are no more.</returns>
    private static async Task<string?> RestoreNextAsync(
        TransactionEngine engine, MySqlConnection connection, string after, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(Select, connection);
        command.Parameters.AddWithValue("@domain", engine.Domain);
        command.Parameters.AddWithValue("@type", engine.EntityType);
        command.Parameters.AddWithValue("@after", after);
        command.Parameters.AddWithValue("@configuration", engine.ConfigurationVersion);
        command.Parameters.AddWithValue("@embedding", engine.EmbeddingVersion);
        command.Parameters.AddWithValue("@count", AccountsPerQuery);
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
