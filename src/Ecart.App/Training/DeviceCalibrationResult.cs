using Ecart.Domains.Iot.Calibration;

namespace Ecart.App.Training;

/// <summary>What the calibration of a device came to.</summary>
/// <param name="Device">What is normal for it.</param>
/// <param name="Doubts">What speaks against that.</param>
/// <param name="Before">The calibration that it replaces; null for none.</param>
internal sealed record DeviceCalibrationResult(CalibratedDevice Device, IReadOnlyList<CalibrationDoubt> Doubts, CalibratedDevice? Before);
