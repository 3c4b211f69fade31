namespace Ecart.Domains.Iot.Calibration;

/// <summary>What speaks against taking the measurements of one signal that a device was calibrated on for its normal operation.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Kind">What is the case.</param>
/// <param name="Before">Level or spread before, in the signal's unit; of a stuck sensor the value that it repeats.</param>
/// <param name="After">Level or spread after; of a stuck sensor how many measurements repeat it.</param>
/// <param name="Since">Event time from which on; null when it is compared with what was normal before.</param>
public sealed record CalibrationDoubt(string Signal, CalibrationDoubtKind Kind, double Before, double After, DateTime? Since);
