namespace Ecart.Domains.Iot.Calibration;

/// <summary>Why what a calibration learned from may not have been normal operation.</summary>
public enum CalibrationDoubtKind
{
    /// <summary>Within the time the values went to another level and stayed there.</summary>
    LevelShift,

    /// <summary>Within the time the values began to vary otherwise, much more or much less.</summary>
    SpreadChange,

    /// <summary>Within the time the sensor repeated one value for longer than its history makes plausible.</summary>
    StuckSensor,

    /// <summary>The level is another than what was normal before.</summary>
    OtherLevel,

    /// <summary>The spread is another than what was normal before.</summary>
    OtherSpread,
}
