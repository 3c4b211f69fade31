using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>
/// A device whose clock ran ahead and was set right: what comes after is not late. The time before the jump is remembered until so many measurements came with the
/// new one.
/// </summary>
public sealed record ClockJumpOptions
{
    /// <summary>Measurements of a signal after a jump ahead, up to which the clock may go back. Default 100, 1 to 1,000,000.</summary>
    public int PatienceMeasurements { get; init; } = 100;

    /// <summary>What going back adds to the score: by itself no alert. Default 0.2, 0 to 1.</summary>
    public double Contribution { get; init; } = 0.2;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(PatienceMeasurements, 1, 1_000_000, path + ".patience_measurements");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
