namespace Ecart.Calibration;

/// <summary>What a target is a target of.</summary>
public enum CalibrationTargetKind
{
    /// <summary>Share of the true alerts that stay.</summary>
    Recall,

    /// <summary>Share of the alerts that are true.</summary>
    Precision,

    /// <summary>Alerts a day.</summary>
    AlertsPerDay,
}
