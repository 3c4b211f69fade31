using System.Text.Json;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>A profile as a test stores it.</summary>
internal sealed record ProfileRow
{
    private const string Insert =
        """
        INSERT INTO account_spending_profiles (
            account_id, centroid, observation_count, mean_amount, std_amount, max_amount, mean_log_amount, std_log_amount,
            mean_daily_transactions, days_observed, hourly_counts, typical_merchants, typical_countries, typical_hours,
            distance_mean, distance_std, knn_distance_mean, knn_distance_std, embedding_version, configuration_version, lane, seq)
        VALUES (@0, @1, @2, 50, 5, 90, @3, @4, 1, @5, @6, '[]', '[]', '[]', @7, @8, @9, @10, @11, 1, 7, 1)
        """;

    public required string Account { get; init; }

    public float[] Centroid { get; init; } = UnitVector.At(0);

    public int Observations { get; init; } = 100;

    public double MeanLogAmount { get; init; } = Math.Log(51);

    public double StdLogAmount { get; init; } = 0.5;

    public double DaysObserved { get; init; } = 30;

    public int[] HourlyCounts { get; init; } = new int[24];

    public double DistanceMean { get; init; } = 0.4;

    public double DistanceStd { get; init; } = 0.1;

    public double? KnnDistanceMean { get; init; }

    public double? KnnDistanceStd { get; init; }

    public int EmbeddingVersion { get; init; } = 1;

    public Task StoreAsync(SqlDatabase database) => database.ExecuteAsync(
        Insert, Account, Centroid, Observations, MeanLogAmount, StdLogAmount, DaysObserved, JsonSerializer.Serialize(HourlyCounts),
        DistanceMean, DistanceStd, KnnDistanceMean, KnnDistanceStd, EmbeddingVersion);
}
