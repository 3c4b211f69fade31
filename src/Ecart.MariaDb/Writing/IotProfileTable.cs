using System.Text.Json;
using Ecart.Domains.Iot;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>iot_device_profiles</c>: one a signal of a device, and one of all signals together.</summary>
public sealed class IotProfileTable : IProfileTable<PublishedIotProfile>
{
    private const int DevicesPerRead = 50;

    /// <inheritdoc/>
    public string Table => "iot_device_profiles";

    /// <inheritdoc/>
    public string EntityColumn => "device_id";

    /// <inheritdoc/>
    public string? PartColumn => "signal_name";

    /// <inheritdoc/>
    public IReadOnlyList<string> ComparedColumns { get; } = ["last_calibration"];

    /// <inheritdoc/>
    public int EntitiesPerRead => DevicesPerRead;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "device_id", "signal_name", "measurement_type", "centroid", "observation_count", "min_value", "max_value", "mean_value", "std_value", "distance_mean",
        "distance_std", "knn_distance_mean", "knn_distance_std", "warning_distance", "critical_distance", "last_calibration", "baseline_distance", "distance_effects",
        "distance_autocorrelation", "status", "hours_to_failure", "hours_at_least", "hours_at_most", "embedding_version",
        "configuration_version", "window_days", "lane", "seq", "last_updated",
    ];

    /// <inheritdoc/>
    public void WriteRow(PublishedIotProfile profile, PublicationDetails details, RowWriter row)
    {
        (double Mean, double Deviation) neighbours = details.NeighboursOf(profile.DeviceId);
        row.Text(profile.DeviceId);
        row.Text(profile.Signal);
        row.Text(profile.Type is { } type ? StoredNames.Of(type) : null);
        row.Vector(profile.Centroid);
        row.Number(profile.ObservationCount);
        row.NumberOrNull(profile.Minimum);
        row.NumberOrNull(profile.Maximum);
        row.NumberOrNull(profile.Mean);
        row.NumberOrNull(profile.Deviation);
        row.Number(profile.DistanceMean);
        row.Number(profile.DistanceDeviation);
        row.NumberOrNull(neighbours.Mean);
        row.NumberOrNull(neighbours.Deviation);
        row.Number(profile.Warning);
        row.Number(profile.Critical);
        if (profile.LastCalibration is { } calibrated) row.Time(calibrated);
        else row.Null();
        WriteOutlook(profile, row);
        row.Number(details.EmbeddingVersion);
        row.Number(details.ConfigurationVersion);
        row.Number(details.WindowDays);
        row.Number(profile.Lane);
        row.Number(profile.Seq);
        row.Time(details.PublishedAt);
        row.EndRow();
    }

    private static void WriteOutlook(PublishedIotProfile profile, RowWriter row)
    {
        row.NumberOrNull(profile.TrendBaseline?.Level ?? double.NaN);
        row.Text(profile.TrendBaseline is { } baseline ? JsonSerializer.Serialize(baseline.Effects) : null);
        row.NumberOrNull(profile.TrendBaseline?.Autocorrelation ?? double.NaN);
        row.Text(StoredNames.Of(profile.Outlook.Status));
        row.NumberOrNull(profile.Outlook.HoursToFailure ?? double.NaN);
        row.NumberOrNull(profile.Outlook.HoursAtLeast ?? double.NaN);
        row.NumberOrNull(profile.Outlook.HoursAtMost ?? double.NaN);
    }
}
