using Ecart.Domains.Transactions;
using Ecart.MariaDb.Schema;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Publishes account profiles for SQL users. Few changed rows are replaced where they stand; many go into a fresh table that is indexed once and
/// swapped in, because changing indexed vectors one by one runs at a few hundred rows a second and indexing all of them at eight times that. Thread-safe; a second publication, of any
/// process, waits.
/// </summary>
public sealed class ProfilePublisher(string connectionString)
{
    private const int ReplaceInPlace = 500;
    private const int ReplacedShare = 8;
    private const int ProfilesPerLoad = 5000;
    private const string Table = "account_spending_profiles";
    private const string Next = "account_spending_profiles_next";

    private static readonly string[] Columns =
    [
        "account_id", "centroid", "observation_count", "mean_amount", "std_amount", "max_amount", "mean_log_amount", "std_log_amount",
        "mean_daily_transactions", "days_observed", "hourly_counts", "typical_merchants", "typical_countries", "typical_hours", "distance_mean",
        "distance_std", "knn_distance_mean", "knn_distance_std", "embedding_version", "configuration_version", "window_days", "lane", "seq",
        "last_updated",
    ];

    /// <summary>Publishes profiles; those that stand already as they are stay untouched.</summary>
    /// <param name="profiles">The profiles.</param>
    /// <param name="isComplete">Whether they are all there are: then others disappear.</param>
    /// <param name="details">Versions and nearest-neighbour statistics.</param>
    /// <param name="cancellationToken">Gives up; what was published before stays.</param>
    /// <returns>Profiles that were new or had changed.</returns>
    public async Task<int> PublishAsync(
        IReadOnlyCollection<PublishedAccountProfile> profiles, bool isComplete, PublicationDetails details, CancellationToken cancellationToken)
    {
        if (profiles.Count == 0 && !isComplete) return 0;
        return await PublishAsync(profiles.ToAsyncEnumerable(), isComplete, details, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Publishes profiles as they come, a few thousand in memory at a time; see the other overload.</summary>
    public async Task<int> PublishAsync(
        IAsyncEnumerable<PublishedAccountProfile> profiles, bool isComplete, PublicationDetails details, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using NamedLock turn = await NamedLock.AcquireAsync(connection, "publish", () => { }, cancellationToken).ConfigureAwait(false);
        string index = await VectorIndexAsync(connection, cancellationToken).ConfigureAwait(false);
        await StageAsync(connection, profiles, index, details, cancellationToken).ConfigureAwait(false);
        int changed = await CountAsync(connection, FromChanged, cancellationToken).ConfigureAwait(false);
        int published = await CountAsync(connection, "FROM " + Table, cancellationToken).ConfigureAwait(false);
        if (changed > Math.Max(ReplaceInPlace, published / ReplacedShare)) await SwapAsync(connection, index, isComplete, cancellationToken).ConfigureAwait(false);
        else await ReplaceAsync(connection, isComplete, cancellationToken).ConfigureAwait(false);
        return changed;
    }

    private const string KeepNeighbours =
        $"""
         UPDATE {Next} n JOIN {Table} c ON c.account_id = n.account_id AND c.embedding_version = n.embedding_version
         SET n.knn_distance_mean = c.knn_distance_mean, n.knn_distance_std = c.knn_distance_std
         """;

    private static readonly string AddOthers =
        $"""
         INSERT INTO {Next} ({string.Join(',', Columns)}) SELECT {string.Join(',', Columns.Select(column => "c." + column))}
         FROM {Table} c LEFT JOIN {Next} n ON n.account_id = c.account_id WHERE n.account_id IS NULL
         """;

    private const string FromChanged =
        $"""
         FROM {Next} n LEFT JOIN {Table} c ON c.account_id = n.account_id
         WHERE c.account_id IS NULL OR c.seq <> n.seq OR c.configuration_version <> n.configuration_version
           OR c.embedding_version <> n.embedding_version OR NOT c.knn_distance_mean <=> n.knn_distance_mean
         """;

    /// <summary>Loads the profiles into a table beside the published one, without the index that makes loading slow.</summary>
    private static async Task StageAsync(
        MySqlConnection connection, IAsyncEnumerable<PublishedAccountProfile> profiles, string index, PublicationDetails details, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {Next}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"CREATE TABLE {Next} LIKE {Table}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"ALTER TABLE {Next} DROP INDEX `{index}`", cancellationToken).ConfigureAwait(false);
        var rows = new RowWriter(await StoreSession.BestFormatAsync(connection, cancellationToken).ConfigureAwait(false));
        await foreach (PublishedAccountProfile profile in profiles.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Write(profile, details, rows);
            if (rows.Rows < ProfilesPerLoad) continue;
            await LoadAsync(connection, Next, rows, cancellationToken).ConfigureAwait(false);
            rows.Clear();
        }

        await LoadAsync(connection, Next, rows, cancellationToken).ConfigureAwait(false);
        if (details.NeighbourDistances is null) await ExecuteAsync(connection, KeepNeighbours, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> CountAsync(MySqlConnection connection, string from, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SELECT COUNT(*) " + from, connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), null);
    }

    private static async Task ReplaceAsync(MySqlConnection connection, bool isComplete, CancellationToken cancellationToken)
    {
        string columns = string.Join(',', Columns);
        string changed = string.Join(',', Columns.Select(column => "n." + column));
        await ExecuteAsync(connection, $"REPLACE INTO {Table} ({columns}) SELECT {changed} {FromChanged}", cancellationToken).ConfigureAwait(false);
        if (isComplete)
        {
            await ExecuteAsync(
                connection,
                $"DELETE c FROM {Table} c LEFT JOIN {Next} n ON n.account_id = c.account_id WHERE n.account_id IS NULL",
                cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(connection, $"DROP TABLE {Next}", cancellationToken).ConfigureAwait(false);
    }

    private static async Task SwapAsync(MySqlConnection connection, string index, bool isComplete, CancellationToken cancellationToken)
    {
        if (!isComplete) await ExecuteAsync(connection, AddOthers, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"ALTER TABLE {Next} ADD VECTOR INDEX `{index}` (centroid) M=16 DISTANCE=euclidean", cancellationToken)
            .ConfigureAwait(false);
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {Table}_old", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"RENAME TABLE {Table} TO {Table}_old, {Next} TO {Table}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"DROP TABLE {Table}_old", cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> VectorIndexAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            $"""
             SELECT index_name FROM information_schema.statistics
             WHERE table_schema = DATABASE() AND table_name = '{Table}' AND column_name = 'centroid'
             """,
            connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new BatchRefusedException($"{Table} has no vector index on centroid; run 'ecart migrate'."));
    }

    private static async Task LoadAsync(MySqlConnection connection, string table, RowWriter rows, CancellationToken cancellationToken)
    {
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        string? fault = await new BulkLoad(connection, transaction)
            .LoadAsync(table, Columns, rows, 0, rows.Rows, false, cancellationToken).ConfigureAwait(false);
        if (fault is not null) throw new BatchRefusedException($"The server refused profiles: {fault}");
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Write(PublishedAccountProfile profile, PublicationDetails details, RowWriter row)
    {
        (double Mean, double Deviation) neighbours = details.NeighboursOf(profile.AccountId);
        row.Text(profile.AccountId);
        row.Vector(profile.Centroid);
        row.Number(profile.ObservationCount);
        row.Number(profile.MeanAmount);
        row.Number(profile.DeviationAmount);
        row.Number(profile.MaximumAmount);
        row.Number(profile.MeanLogAmount);
        row.Number(profile.DeviationLogAmount);
        row.Number(profile.MeanDailyTransactions);
        row.Number(profile.DaysObserved);
        row.Text("[" + string.Join(',', profile.HourlyCounts) + "]");
        row.Text(Json(profile.Categories));
        row.Text(Json(profile.Countries));
        row.Text("[" + string.Join(',', profile.Hours) + "]");
        row.NumberOrNull(profile.DistanceMean);
        row.Number(profile.DistanceDeviation);
        row.NumberOrNull(neighbours.Mean);
        row.NumberOrNull(neighbours.Deviation);
        row.Number(details.EmbeddingVersion);
        row.Number(details.ConfigurationVersion);
        row.Number(details.WindowDays);
        row.Number(profile.Lane);
        row.Number(profile.Seq);
        row.Time(details.PublishedAt);
        row.EndRow();
    }

    private static string Json(IReadOnlyList<string> values) => System.Text.Json.JsonSerializer.Serialize(values);
}
