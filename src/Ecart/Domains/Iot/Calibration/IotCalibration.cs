using System.Buffers;
using Ecart.Detection.Batch;

namespace Ecart.Domains.Iot.Calibration;

/// <summary>What is normal for each of many devices, by which an engine scores. Immutable, thread-safe; a change is a new object.</summary>
public sealed class IotCalibration
{
    /// <summary>The format that is written. Older ones stay readable.</summary>
    public const int FormatVersion = 1;

    private const int MostDevices = 1 << 20;

    private static readonly ArtefactEnvelope Envelope = new()
    {
        Mark = 0x43494345, // "ECIC"
        Version = FormatVersion,
        WithoutMark = "This is no calibration of devices: the artefact does not begin with the mark of one.",
        Saved = "The calibration was",
        Remedy = "calibrate again",
        ShortRemedy = "Restore it from a backup or calibrate again.",
    };

    private readonly Dictionary<string, CalibratedDevice> devices = new(StringComparer.Ordinal);

    /// <summary>Makes a calibration of several devices; the last of one name counts.</summary>
    public IotCalibration(IEnumerable<CalibratedDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        foreach (CalibratedDevice device in devices) this.devices[device.DeviceId] = device;
    }

    /// <summary>No device is calibrated.</summary>
    public static IotCalibration None { get; } = new([]);

    /// <summary>The devices, in the order of their names.</summary>
    public IReadOnlyList<CalibratedDevice> Devices => [.. devices.Values.OrderBy(device => device.DeviceId, StringComparer.Ordinal)];

    /// <summary>The calibration of a device; null when it has none.</summary>
    public CalibratedDevice? Find(string deviceId) => devices.GetValueOrDefault(deviceId);

    /// <summary>These devices, and those of another calibration in place of what was known of them.</summary>
    public IotCalibration With(IotCalibration newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        return new IotCalibration(devices.Values.Concat(newer.devices.Values));
    }

    /// <summary>The calibration as bytes.</summary>
    public byte[] Save()
    {
        ArtefactWriter writer = Envelope.Begin();
        writer.Int(devices.Count);
        foreach (CalibratedDevice device in Devices) writer.Bytes(CalibrationFormat.Write(device));
        return ArtefactEnvelope.Seal(writer);
    }

    /// <summary>Makes a calibration of what <see cref="Save"/> returned.</summary>
    /// <exception cref="ArtefactException">Damaged, of another kind, or of a newer format.</exception>
    public static IotCalibration Restore(ReadOnlySpan<byte> artefact)
    {
        ArtefactReader reader = Envelope.Open(artefact);
        var devices = new CalibratedDevice[reader.Int(0, MostDevices)];
        try
        {
            for (int i = 0; i < devices.Length; i++) devices[i] = CalibrationFormat.Read(reader.Bytes());
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new ArtefactException($"The artefact is damaged: {error.Message} Restore it from a backup or calibrate again.");
        }

        reader.RequireEnd();
        return new IotCalibration(devices);
    }
}
