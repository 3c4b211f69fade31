namespace Ecart.Calibration;

/// <summary>Why calibration proposes nothing.</summary>
public enum CalibrationRefusal
{
    /// <summary>People have confirmed too few alerts.</summary>
    TooFewTrue,

    /// <summary>People have declared too few alerts false.</summary>
    TooFewFalse,

    /// <summary>No threshold reaches the target.</summary>
    OutOfReach,

    /// <summary>The best that reaches the target drops hardly any false alert.</summary>
    NothingToGain,
}
