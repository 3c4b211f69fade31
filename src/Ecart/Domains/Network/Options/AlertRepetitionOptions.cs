using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>
/// How often people are alerted of one class of threat from one source: at its beginning, again after a time that doubles, and at once when its severity rises or,
/// of brute force, denial of service and exfiltration, when it is against another host (the first four).
/// Scores and evidence are of every event all the same. A class goes on until the source had no flagged event of it for <see cref="AfterMinutes"/>.
/// </summary>
public sealed record AlertRepetitionOptions
{
    /// <summary>Minutes until the first repetition, and without the class until it has ended. Default 60, 0 (every flagged event raises an alert) to 100,000.</summary>
    public double AfterMinutes { get; init; } = 60;

    /// <summary>Minutes between repetitions, at most. Default 1,440 (a day), not below <see cref="AfterMinutes"/>, to 1,000,000.</summary>
    public double AtMostMinutes { get; init; } = 1440;

    internal long AfterTicks => (long)(AfterMinutes * TimeSpan.TicksPerMinute);

    internal long AtMostTicks => (long)(AtMostMinutes * TimeSpan.TicksPerMinute);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(AfterMinutes, 0, 100_000, path + ".after_minutes");
        OptionsException.RequireRange(AtMostMinutes, AfterMinutes, 1_000_000, path + ".at_most_minutes");
    }
}
