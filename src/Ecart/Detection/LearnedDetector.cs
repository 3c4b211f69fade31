using Ecart.Detection.Batch;
using Ecart.Thresholds;

namespace Ecart.Detection;

/// <summary>A trained batch detector in force, with what its scores are worth. Thread-safe.</summary>
public sealed class LearnedDetector
{
    /// <summary>Takes a trained detector.</summary>
    /// <param name="version">Its version in the store.</param>
    /// <param name="detector">Fitted.</param>
    public LearnedDetector(int version, IBatchDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        Version = version;
        Detector = detector;
        Tail = new ScoreTail(detector.TrainingScores);
    }

    /// <summary>Its version in the store.</summary>
    public int Version { get; }

    /// <summary>The detector.</summary>
    public IBatchDetector Detector { get; }

    /// <summary>How far out a score lies among those of the events that it was trained on.</summary>
    public ScoreTail Tail { get; }
}
