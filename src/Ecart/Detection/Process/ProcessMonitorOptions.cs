using Ecart.Scoring;

namespace Ecart.Detection.Process;

/// <summary>How a <see cref="ProcessMonitor"/> learns and when it alarms. The defaults suit any plant; only <see cref="Season"/> is a fact about the data.</summary>
public sealed record ProcessMonitorOptions
{
    /// <summary>Rows after which the process repeats, such as 24 for hourly rows of a day; 0 for none. Each of at most 48 parts of it has an
    /// offset of its own. Default 0, up to 100,000.</summary>
    public int Season { get; init; }

    /// <summary>Rows over which a residual is averaged before it is judged: longer sees smaller deviations, later. Default 8, 1 to 10,000.</summary>
    public int Window { get; init; } = 8;

    /// <summary>Rows over which the evidence of a row is averaged, so that one odd row is no alarm. Default 4, 1 to 10,000.</summary>
    public int Hold { get; init; } = 4;

    /// <summary>
    /// Least score that is an alarm, in standard deviations. The threshold itself is the larger of this and of what training rows reached
    /// (<see cref="TrainingQuantile"/>, <see cref="SafetyFactor"/>). Default 3, 0.1 to 8.
    /// </summary>
    public double MinimumThreshold { get; init; } = 3;

    /// <summary>Share of the training rows that stays below the threshold before <see cref="SafetyFactor"/>. Default 0.97, 0 to 1.</summary>
    public double TrainingQuantile { get; init; } = 0.97;

    /// <summary>What the quantile of the training scores is multiplied by. Default 1.1, 1 to 10.</summary>
    public double SafetyFactor { get; init; } = 1.1;

    /// <summary>An alarm lasts until the score is below this share of the threshold. Default 0.85, 0 to 1; 1 is no hysteresis.</summary>
    public double Release { get; init; } = 0.85;

    /// <summary>
    /// Error of an instrument as a share of its typical reading. A difference below it is never evidence, and a signal that varies less than it
    /// is no use for predicting another. Default 0.002, 0 to 0.5.
    /// </summary>
    public double Accuracy { get; init; } = 0.002;

    /// <summary>Ridge penalty a row, in squared standard deviations. Default 1e-4, 1e-9 to 100.</summary>
    public double Ridge { get; init; } = 1e-4;

    /// <summary>Most signals that one signal is predicted from; the most correlated are taken. Default 64, 1 to 1,024.</summary>
    public int MaximumInputs { get; init; } = 64;

    /// <summary>Blocks of consecutive training rows; residuals of each come from a regression without it. Default 4, 2 to 100.</summary>
    public int Blocks { get; init; } = 4;

    /// <summary>
    /// Time constant, in lengths of the training rows, with which a slow drift of normal operation is followed; during an alarm only for
    /// signals that take no part in it. Default 0.5, 0.01 to 1e6; 0 is never.
    /// </summary>
    public double Adaptation { get; init; } = 0.5;

    internal void Validate()
    {
        OptionsException.RequireRange(Season, 0, 100_000, "season");
        OptionsException.RequireRange(Window, 1, 10_000, "window");
        OptionsException.RequireRange(Hold, 1, 10_000, "hold");
        OptionsException.RequireRange(MinimumThreshold, 0.1, 8, "minimum_threshold");
        OptionsException.RequireRange(TrainingQuantile, 0, 1, "training_quantile");
        OptionsException.RequireRange(SafetyFactor, 1, 10, "safety_factor");
        OptionsException.RequireRange(Release, 0, 1, "release");
        OptionsException.RequireRange(Accuracy, 0, 0.5, "accuracy");
        OptionsException.RequireRange(Ridge, 1e-9, 100, "ridge");
        OptionsException.RequireRange(MaximumInputs, 1, 1024, "maximum_inputs");
        OptionsException.RequireRange(Blocks, 2, 100, "blocks");
        OptionsException.Require(Adaptation is 0 or (>= 0.01 and <= 1e6), "adaptation", Adaptation, "0 or between 0.01 and 1e6");
    }
}
