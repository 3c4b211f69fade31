using Ecart.Domains.Transactions;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>account_spending_profiles</c>.</summary>
public sealed class AccountProfileTable : IProfileTable<PublishedAccountProfile>
{
    /// <inheritdoc/>
    public string Table => "account_spending_profiles";

    /// <inheritdoc/>
    public string KeyColumn => "account_id";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "account_id", "centroid", "observation_count", "mean_amount", "std_amount", "max_amount", "mean_log_amount", "std_log_amount",
        "mean_daily_transactions", "days_observed", "hourly_counts", "typical_merchants", "typical_countries", "typical_hours", "distance_mean",
        "distance_std", "knn_distance_mean", "knn_distance_std", "embedding_version", "configuration_version", "window_days", "lane", "seq",
        "last_updated",
    ];

    /// <inheritdoc/>
    public void WriteRow(PublishedAccountProfile profile, PublicationDetails details, RowWriter row)
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
