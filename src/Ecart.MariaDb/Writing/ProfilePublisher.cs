using Ecart.Domains.Transactions;
using Ecart.MariaDb.Schema;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Publishes account profiles for SQL users. Few changed rows are replaced where they stand; many go into a fresh table that is indexed once and
/// swapped in, because changing indexed vectors one by one runs at a few hundred rows a second. Thread-safe; a second publication, of any
/// process, waits.
/// </summary>
public sealed class ProfilePublisher(string connectionString)
{
    private const int ReplaceInPlace = 500;
    private const string Table = "account_spending_profiles";
    private const string Next = "account_spending_profiles_next";

    private static readonly string[] Columns =
    [
        "account_id", "centroid", "observation_count", "mean_amount", "std_amount", "max_amount", "mean_log_amount", "std_log_amount",
        "mean_daily_transactions", "days_observed", "hourly_counts", "typical_merchants", "typical_countries", "typical_hours", "distance_mean",
        "distance_std", "knn_distance_mean", "knn_distance_std", "embedding_version", "configuration_version", "window_days", "lane", "seq",
        "last_updated",
    ];

    /// <summary>Publishes profiles.</summary>
    /// <param name="profiles">The profiles.</param>
    /// <param name="isComplete">Whether they are all there are: then others disappear.</param>
    /// <param name="details">Versions and nearest-neighbour statistics.</param>
    /// <param name="cancellationToken">Gives up; what was published before stays.</param>
    /// <returns>Rows published.</returns>
    public async Task<int> PublishAsync(
        IReadOnlyCollection<PublishedAccountProfile> profiles, bool isComplete, PublicationDetails details, CancellationToken cancellationToken)
    {
        if (profiles.Count == 0) return 0;
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using NamedLock turn = await NamedLock.AcquireAsync(connection, "publish", () => { }, cancellationToken).ConfigureAwait(false);
        var rows = new RowWriter(await StoreSession.BestFormatAsync(connection, cancellationToken).ConfigureAwait(false));
        foreach (PublishedAccountProfile profile in profiles) Write(profile, details, rows);
        if (isComplete && profiles.Count > ReplaceInPlace) await SwapAsync(connection, rows, details.NeighbourDistances is null, cancellationToken).ConfigureAwait(false);
        else await ReplaceAsync(connection, rows, details.NeighbourDistances is null, cancellationToken).ConfigureAwait(false);
        return profiles.Count;
    }

    private static async Task ReplaceAsync(MySqlConnection connection, RowWriter rows, bool keepNeighbours, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, $"CREATE TEMPORARY TABLE {Next} LIKE {Table}", cancellationToken).ConfigureAwait(false);
        await LoadAsync(connection, Next, rows, cancellationToken).ConfigureAwait(false);
        if (keepNeighbours) await ExecuteAsync(connection, KeepNeighbours, cancellationToken).ConfigureAwait(false);
        string columns = string.Join(',', Columns);
        await ExecuteAsync(connection, $"REPLACE INTO {Table} ({columns}) SELECT {columns} FROM {Next}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"DROP TEMPORARY TABLE {Next}", cancellationToken).ConfigureAwait(false);
    }

    private const string KeepNeighbours =
        $"""
         UPDATE {Next} n JOIN {Table} c ON c.account_id = n.account_id
         SET n.knn_distance_mean = c.knn_distance_mean, n.knn_distance_std = c.knn_distance_std
         """;

    private static async Task SwapAsync(MySqlConnection connection, RowWriter rows, bool keepNeighbours, CancellationToken cancellationToken)
    {
        string index = await VectorIndexAsync(connection, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {Next}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"CREATE TABLE {Next} LIKE {Table}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"ALTER TABLE {Next} DROP INDEX `{index}`", cancellationToken).ConfigureAwait(false);
        await LoadAsync(connection, Next, rows, cancellationToken).ConfigureAwait(false);
        if (keepNeighbours) await ExecuteAsync(connection, KeepNeighbours, cancellationToken).ConfigureAwait(false);
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
        row.Number(profile.DistanceMean);
        row.Number(profile.DistanceDeviation);
        row.NumberOrNull(neighbours.Mean);
        row.NumberOrNull(neighbours.Deviation);
        row.Number(TransactionLayout.Version);
        row.Number(details.ConfigurationVersion);
        row.Number(details.WindowDays);
        row.Number(profile.Lane);
        row.Number(profile.Seq);
        row.Time(details.PublishedAt);
        row.EndRow();
    }

    private static string Json(IReadOnlyList<string> values) => System.Text.Json.JsonSerializer.Serialize(values);
}
