using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>
/// How often a person is told of what goes on: at its beginning, and again after a time that doubles. The same finding at the same signal goes on until it was not
/// seen for long enough.
/// </summary>
public sealed record RepetitionOptions
{
    /// <summary>Minutes until the first repetition, and without the finding until it has ended. Default 60, 0.001 to 100,000.</summary>
    public double AfterMinutes { get; init; } = 60;

    /// <summary>Minutes between repetitions, at most. Default 1,440 (a day), not below <see cref="AfterMinutes"/>, to 1,000,000.</summary>
    public double AtMostMinutes { get; init; } = 1440;

    /// <summary>Usual intervals of the signal without the finding until it has ended, where they are longer. Default 3, 1 to 1,000.</summary>
    public double QuietIntervals { get; init; } = 3;

    internal long AfterTicks => (long)(AfterMinutes * TimeSpan.TicksPerMinute);

    internal long AtMostTicks => (long)(AtMostMinutes * TimeSpan.TicksPerMinute);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(AfterMinutes, 0.001, 100_000, path + ".after_minutes");
        OptionsException.RequireRange(AtMostMinutes, AfterMinutes, 1_000_000, path + ".at_most_minutes");
        OptionsException.RequireRange(QuietIntervals, 1, 1000, path + ".quiet_intervals");
    }
}
