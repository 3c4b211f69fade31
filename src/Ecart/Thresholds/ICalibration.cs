namespace Ecart.Thresholds;

/// <summary>
/// Turns a detector's score into how rare such a score is among normal ones, and a wanted rate of false alarms into a threshold. One scale for every
/// detector. Thread-safe unless the class says otherwise.
/// </summary>
public interface ICalibration
{
    /// <summary>How many scores it knows.</summary>
    long Count { get; }

    /// <summary>P(S ≥ <paramref name="score"/>) of a normal event: above 0, at most 1, never higher for a higher score.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is not finite.</exception>
    double TailProbability(double score);

    /// <summary>The score above which a normal event lies with this probability; +∞ when what is known cannot tell so rare a score apart.</summary>
    /// <param name="falseAlarmRate">Above 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    double Threshold(double falseAlarmRate);
}
