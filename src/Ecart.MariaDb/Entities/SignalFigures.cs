namespace Ecart.MariaDb.Entities;

/// <summary>What is usual for a signal of a device, and how it is doing as of its newest hour.</summary>
/// <param name="Signal">Its name.</param>
/// <param name="MeasurementType">What is measured.</param>
/// <param name="Minimum">Smallest normal value; null while not known, as the next three.</param>
/// <param name="Maximum">Largest normal value.</param>
/// <param name="Mean">Mean value.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="BaselineDistance">Distance while healthy; null while not known.</param>
/// <param name="WarningDistance">Distance that is a warning.</param>
/// <param name="CriticalDistance">Distance that is critical.</param>
/// <param name="Status">normal, degrading, warning or critical.</param>
/// <param name="HoursToFailure">Predicted hours until the distance is critical; null: no failure in sight.</param>
/// <param name="HoursAtLeast">Lower end of their interval.</param>
/// <param name="HoursAtMost">Upper end; null when it is open.</param>
/// <param name="LastCalibration">End of the period that it was calibrated on, UTC; null when it learns for itself.</param>
public sealed record SignalFigures(
    string Signal,
    string MeasurementType,
    double? Minimum,
    double? Maximum,
    double? Mean,
    double? Deviation,
    double? BaselineDistance,
    double WarningDistance,
    double CriticalDistance,
    string Status,
    double? HoursToFailure,
    double? HoursAtLeast,
    double? HoursAtMost,
    DateTime? LastCalibration);
