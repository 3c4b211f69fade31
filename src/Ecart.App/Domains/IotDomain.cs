using System.Globalization;
using Ecart.Domains.Iot;
using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Measurements of devices.</summary>
internal sealed class IotDomain : IServedDomain
{
    /// <inheritdoc/>
    public string Name => IotMeasurement.DomainName;

    /// <inheritdoc/>
    public string ScoredColumns => "device,signal,value,unit";

    /// <inheritdoc/>
    public IDomainSettings Read(string json) => new IotSettings(IotOptionsJson.Deserialize(json));

    /// <inheritdoc/>
    public string InsteadOfTraining =>
        "'ecart devices calibrate' learns what is normal for devices; the setting 'detectors' takes effect only in a program that brings such detectors.";

    /// <inheritdoc/>
    public IEventTable MakeTable() => new IotTable();

    /// <inheritdoc/>
    public void AppendScored(DomainEvent domainEvent, Verdict verdict, List<string> values)
    {
        var measurement = (IotMeasurement)domainEvent;
        values.Add(measurement.DeviceId);
        values.Add(measurement.Signal);
        values.Add(measurement.Value.ToString("R", CultureInfo.InvariantCulture));
        values.Add(measurement.Unit ?? "");
    }

    /// <inheritdoc/>
    public Task<int> PublishAsync(IDomainEngine engine, string connectionString, CancellationToken cancellationToken)
    {
        var fresh = (IotEngine)engine.MakeFresh();
        return EntityPublication.RunAsync(
            fresh,
            fresh.ConfigurationVersion,
            (int)Math.Ceiling(fresh.Options.Baseline.Days),
            new IotProfileTable(),
            fresh.PublishProfiles,
            connectionString,
            cancellationToken);
    }
}
