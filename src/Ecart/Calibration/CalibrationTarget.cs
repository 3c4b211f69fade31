using Ecart.Scoring;

namespace Ecart.Calibration;

/// <summary>What a proposal is to reach.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Value">How much: a share of 0.5 to 1 for recall and 0 to 1 for precision, a number above 0 for alerts a day.</param>
public sealed record CalibrationTarget(CalibrationTargetKind Kind, double Value)
{
    /// <summary>Keep 98 % of the true alerts and drop as many false ones as that permits.</summary>
    public static CalibrationTarget Default { get; } = new(CalibrationTargetKind.Recall, 0.98);

    /// <summary>Checks the range.</summary>
    /// <exception cref="OptionsException">The value is out of its range.</exception>
    public void Validate()
    {
        (double least, double most) = Kind switch
        {
            CalibrationTargetKind.Recall => (0.5, 1),
            CalibrationTargetKind.Precision => (0.01, 1),
            _ => (0.01, 1e6),
        };
        OptionsException.RequireRange(Value, least, most, "target.value");
    }
}
