using System.Globalization;
using Ecart.App.Commands;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Calibration;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.App.Training;

/// <summary>Calibrates devices on their stored normal measurements, and puts what was found in force beside what is known of other devices.</summary>
/// <param name="store">The store, opened for the iot domain.</param>
internal sealed class DeviceCalibrations(OpenStore store)
{
    private const string Kind = "device_calibration";
    private readonly DeviceHistory history = new(store.ConnectionString);
    private readonly ModelStore models = new(store.ConnectionString);
    private readonly IotOptions options = ((IotSettings)store.Settings).Options;

    /// <summary>Calibrates one device.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="from">Earliest event time; null for so many days before the newest.</param>
    /// <param name="to">Latest event time; null for the newest.</param>
    /// <param name="days">Days that are looked at without <paramref name="from"/>.</param>
    /// <param name="read">Counts measurements.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there are too few normal measurements.</returns>
    public async Task<DeviceCalibrationResult?> CalibrateAsync(
        string deviceId, DateTime? from, DateTime? to, int days, EntryCount read, CancellationToken cancellationToken)
    {
        if (await history.FindNewestAsync(deviceId, cancellationToken).ConfigureAwait(false) is not { } newest) return null;
        DateTime until = to ?? newest;
        var calibration = new DeviceCalibration(deviceId, options);
        await foreach (IotMeasurement measurement in history.ReadNormalAsync(deviceId, from ?? until.AddDays(-days), until, cancellationToken).ConfigureAwait(false))
        {
            calibration.Add(measurement);
            read.Report(read.Value + 1);
        }

        if (calibration.Fit(cancellationToken) is not { } device) return null;
        IReadOnlyDictionary<string, UsualValues> usual = await history.ReadUsualAsync(deviceId, cancellationToken).ConfigureAwait(false);
        IEnumerable<CalibrationDoubt> against = device.Signals
            .Where(signal => usual.ContainsKey(signal.Name))
            .Select(signal => calibration.Compare(signal, usual[signal.Name].Mean, usual[signal.Name].Deviation))
            .OfType<CalibrationDoubt>();
        return new DeviceCalibrationResult(device, [.. calibration.Doubts, .. against], store.Models.Calibration.Find(deviceId));
    }

    /// <summary>Stores calibrations as the next version, with those in force of other devices, puts it in force and publishes the profiles.</summary>
    /// <returns>The version.</returns>
    public async Task<int> KeepAsync(IReadOnlyList<CalibratedDevice> devices, string reason, CancellationToken cancellationToken)
    {
        IotCalibration all = store.Models.Calibration.With(new IotCalibration(devices));
        string metrics = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"calibrated": {{devices.Count}}, "devices": {{all.Devices.Count}}, "joint": {{devices.Count(device => device.IsJoint)}}}""");
        int version = await models.AddAsync(
            new ModelDescription(
                store.Domain.Name,
                ModelSlot.Calibration,
                Kind,
                IotLayout.Version,
                IotCalibration.FormatVersion,
                devices.Min(device => device.From),
                devices.Max(device => device.To),
                devices.Sum(device => device.Signals.Sum(signal => signal.Measurements)),
                metrics,
                reason,
                Environment.UserName),
            all.Save(),
            cancellationToken).ConfigureAwait(false);
        await models.ActivateAsync(store.Domain.Name, ModelSlot.Calibration, version, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        await PublishAsync(all, devices, cancellationToken).ConfigureAwait(false);
        return version;
    }

    private async Task PublishAsync(IotCalibration all, IReadOnlyList<CalibratedDevice> devices, CancellationToken cancellationToken)
    {
        var table = new IotProfileTable();
        var publisher = new ProfilePublisher<PublishedIotProfile>(store.ConnectionString, table);
        var details = new PublicationDetails(
            store.ConfigurationVersion, (int)Math.Ceiling(options.Baseline.Days), TimeProvider.System.GetUtcNow().UtcDateTime, null, IotLayout.Version);
        var engine = new IotEngine(options, store.ConfigurationVersion, new DomainModels { Calibration = all });
        foreach (CalibratedDevice[] part in devices.Chunk(table.EntitiesPerRead))
        {
            await using (MySqlConnection connection = await StoreSession.OpenAsync(store.ConnectionString, cancellationToken).ConfigureAwait(false))
            {
                await EntityStateStore.RestoreAsync(
                    engine, [.. part.Select(device => device.DeviceId)], connection, cancellationToken).ConfigureAwait(false);
            }

            await publisher.PublishAsync([.. engine.PublishProfiles()], isComplete: false, details, cancellationToken).ConfigureAwait(false);
            engine.Evict(0);
        }
    }
}
