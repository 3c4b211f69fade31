using Ecart.MariaDb.Schema;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Publishes entities' profiles for SQL users. Few changed rows are replaced where they stand; many go into a fresh table that is indexed once and
/// swapped in, because changing indexed vectors one by one runs at a few hundred rows a second and indexing all of them at eight times that. Thread-safe; a second publication, of any
/// process, waits.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="shape">The domain's table of profiles.</param>
public sealed class ProfilePublisher<TProfile>(string connectionString, IProfileTable<TProfile> shape)
{
    private const int ReplaceInPlace = 500;
    private const int ReplacedShare = 8;
    private const int ProfilesPerLoad = 5000;
    private readonly string table = shape.Table;
    private readonly string next = shape.Table + "_next";
    private readonly string key = shape.EntityColumn;
    private readonly string isSame = string.Join(" AND ", shape.OtherKeys.Prepend(shape.EntityColumn).Concat(shape.PartColumn is { } part ? [part] : Array.Empty<string>()).Select(column => $"c.{column} = n.{column}"));

    /// <summary>Publishes profiles; those that stand already as they are stay untouched.</summary>
    /// <param name="profiles">The profiles.</param>
    /// <param name="isComplete">Whether they are all there are: then others disappear.</param>
    /// <param name="details">Versions and nearest-neighbour statistics.</param>
    /// <param name="cancellationToken">Gives up; what was published before stays.</param>
    /// <returns>Profiles that were new or had changed.</returns>
    public async Task<int> PublishAsync(
        IReadOnlyCollection<TProfile> profiles, bool isComplete, PublicationDetails details, CancellationToken cancellationToken)
    {
        if (profiles.Count == 0 && !isComplete) return 0;
        return await PublishAsync(profiles.ToAsyncEnumerable(), isComplete, details, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Publishes profiles as they come, a few thousand in memory at a time; see the other overload.</summary>
    public async Task<int> PublishAsync(
        IAsyncEnumerable<TProfile> profiles, bool isComplete, PublicationDetails details, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using NamedLock turn = await NamedLock.AcquireAsync(connection, "publish", () => { }, cancellationToken).ConfigureAwait(false);
        string index = await VectorIndexAsync(connection, cancellationToken).ConfigureAwait(false);
        await StageAsync(connection, profiles, index, details, cancellationToken).ConfigureAwait(false);
        int changed = await CountAsync(connection, FromChanged, cancellationToken).ConfigureAwait(false);
        int published = await CountAsync(connection, "FROM " + table, cancellationToken).ConfigureAwait(false);
        if (changed > Math.Max(ReplaceInPlace, published / ReplacedShare)) await SwapAsync(connection, index, isComplete, cancellationToken).ConfigureAwait(false);
        else await ReplaceAsync(connection, isComplete, cancellationToken).ConfigureAwait(false);
        return changed;
    }

    private string KeepNeighbours =>
        $"""
         UPDATE {next} n JOIN {table} c ON {isSame} AND c.embedding_version = n.embedding_version
         SET n.knn_distance_mean = c.knn_distance_mean, n.knn_distance_std = c.knn_distance_std
         """;

    private string AddOthers =>
        $"""
         INSERT INTO {next} ({string.Join(',', shape.Columns)}) SELECT {string.Join(',', shape.Columns.Select(column => "c." + column))}
         FROM {table} c LEFT JOIN {next} n ON {isSame} WHERE n.{key} IS NULL
         """;

    private string FromChanged =>
        $"""
         FROM {next} n LEFT JOIN {table} c ON {isSame}
         WHERE c.{key} IS NULL OR c.seq <> n.seq OR c.configuration_version <> n.configuration_version
           OR c.embedding_version <> n.embedding_version OR NOT c.knn_distance_mean <=> n.knn_distance_mean
           {string.Concat(shape.ComparedColumns.Select(column => $"OR NOT c.{column} <=> n.{column} "))}
         """;

    /// <summary>Loads the profiles into a table beside the published one, without the index that makes loading slow.</summary>
    private async Task StageAsync(
        MySqlConnection connection, IAsyncEnumerable<TProfile> profiles, string index, PublicationDetails details, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {next}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"CREATE TABLE {next} LIKE {table}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"ALTER TABLE {next} DROP INDEX `{index}`", cancellationToken).ConfigureAwait(false);
        var rows = new RowWriter(await StoreSession.BestFormatAsync(connection, cancellationToken).ConfigureAwait(false));
        await foreach (TProfile profile in profiles.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            shape.WriteRow(profile, details, rows);
            if (rows.Rows < ProfilesPerLoad) continue;
            await LoadAsync(connection, rows, cancellationToken).ConfigureAwait(false);
            rows.Clear();
        }

        await LoadAsync(connection, rows, cancellationToken).ConfigureAwait(false);
        if (details.NeighbourDistances is null) await ExecuteAsync(connection, KeepNeighbours, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> CountAsync(MySqlConnection connection, string from, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SELECT COUNT(*) " + from, connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), null);
    }

    private async Task ReplaceAsync(MySqlConnection connection, bool isComplete, CancellationToken cancellationToken)
    {
        string columns = string.Join(',', shape.Columns);
        string changed = string.Join(',', shape.Columns.Select(column => "n." + column));
        await ExecuteAsync(connection, $"REPLACE INTO {table} ({columns}) SELECT {changed} {FromChanged}", cancellationToken).ConfigureAwait(false);
        if (isComplete)
        {
            await ExecuteAsync(
                connection,
                $"DELETE c FROM {table} c LEFT JOIN {next} n ON {isSame} WHERE n.{key} IS NULL",
                cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(connection, $"DROP TABLE {next}", cancellationToken).ConfigureAwait(false);
    }

    private async Task SwapAsync(MySqlConnection connection, string index, bool isComplete, CancellationToken cancellationToken)
    {
        if (!isComplete) await ExecuteAsync(connection, AddOthers, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"ALTER TABLE {next} ADD VECTOR INDEX `{index}` (centroid) M=16 DISTANCE=euclidean", cancellationToken)
            .ConfigureAwait(false);
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {table}_old", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"RENAME TABLE {table} TO {table}_old, {next} TO {table}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"DROP TABLE {table}_old", cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> VectorIndexAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            $"""
             SELECT index_name FROM information_schema.statistics
             WHERE table_schema = DATABASE() AND table_name = '{table}' AND column_name = 'centroid'
             """,
            connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new BatchRefusedException($"{table} has no vector index on centroid; run 'ecart migrate'."));
    }

    private async Task LoadAsync(MySqlConnection connection, RowWriter rows, CancellationToken cancellationToken)
    {
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        string? fault = await new BulkLoad(connection, transaction)
            .LoadAsync(next, shape.Columns, rows, 0, rows.Rows, false, cancellationToken).ConfigureAwait(false);
        if (fault is not null) throw new BatchRefusedException($"The server refused profiles: {fault}");
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
