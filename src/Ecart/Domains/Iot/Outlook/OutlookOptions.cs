using Ecart.Scoring;

namespace Ecart.Domains.Iot.Outlook;

/// <summary>How a drift of a device's distance to its normal is found, and how its failure is predicted.</summary>
public sealed record OutlookOptions
{
    /// <summary>Hours looked back on: longer finds slower drifts. Default 384, sixteen days; 72 to 2,160.</summary>
    public int WindowHours { get; init; } = 384;

    /// <summary>Hours from which the usual distance, its daily course and its autocorrelation are learned, once the profile stands. Default 168, 48 to 720.</summary>
    public int BaselineHours { get; init; } = 168;

    /// <summary>Hours at the end of the window that tell the distance now. Default 24, 3 to 168.</summary>
    public int RecentHours { get; init; } = 24;

    /// <summary>Probability of calling a slope a drift where there is none, in one test. Default 0.003, 0.000001 to 0.2.</summary>
    public double Significance { get; init; } = 0.003;

    /// <summary>Share of the way from the baseline to the critical distance below which nothing is called a drift, however significant. Default 0.12, 0 to 1.</summary>
    public double LeastLevel { get; init; } = 0.12;

    /// <summary>A drift, and a failure in sight, must have been there these hours ago too. Default 6, 0 to 168.</summary>
    public int ConfirmHours { get; init; } = 6;

    /// <summary>A failure further away than this is not in sight. Hours, default 720: thirty days; 1 to 8,760.</summary>
    public double HorizonHours { get; init; } = 720;

    /// <summary>Probability of a failure within <see cref="HorizonHours"/> from which it is announced. Default 0.6, 0.5 to 1.</summary>
    public double Certainty { get; init; } = 0.6;

    /// <summary>
    /// Probability that the interval is meant to cover, 0.5 to 0.99. Default 0.93: a failure is announced when the drift looks its steepest, so that fewer hold
    /// the truth, in simulated degradations nine in ten.
    /// </summary>
    public double Interval { get; init; } = 0.93;

    /// <summary>
    /// How often a person is told of a drift that goes on; one that gets worse is told at once. Default after a day, then after twice as long each time, up to a week.
    /// </summary>
    public RepetitionOptions Repetition { get; init; } = new() { AfterMinutes = 1440, AtMostMinutes = 10_080 };

    internal void Validate(string path)
    {
        Repetition.Validate(path + ".repetition");
        OptionsException.RequireRange(WindowHours, 72, 2160, path + ".window_hours");
        OptionsException.RequireRange(BaselineHours, 48, 720, path + ".baseline_hours");
        OptionsException.RequireRange(RecentHours, 3, 168, path + ".recent_hours");
        OptionsException.RequireRange(Significance, 0.000001, 0.2, path + ".significance");
        OptionsException.RequireRange(LeastLevel, 0, 1, path + ".least_level");
        OptionsException.RequireRange(ConfirmHours, 0, 168, path + ".confirm_hours");
        OptionsException.RequireRange(HorizonHours, 1, 8760, path + ".horizon_hours");
        OptionsException.RequireRange(Certainty, 0.5, 1, path + ".certainty");
        OptionsException.RequireRange(Interval, 0.5, 0.99, path + ".interval");
    }
}
