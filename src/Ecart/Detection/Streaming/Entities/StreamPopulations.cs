using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Detection.Streaming.Entities;

/// <summary>The population's scores of the streaming detectors that every entity has: how far out a score lies is told by those of the days before. Not thread-safe.</summary>
/// <param name="slots">The detectors.</param>
/// <param name="days">Days that are remembered.</param>
/// <param name="firstStatistic">Position of the first detector's score in <see cref="Verdict.Statistics"/>.</param>
internal sealed class StreamPopulations(StreamSlots slots, int days, int firstStatistic)
{
    private readonly TailHistogram[] scores =
        [.. Enumerable.Range(0, slots.Count).Select(_ => new TailHistogram(TailHistogram.StepEdges(0, 0.01, 1, 1.1, 1e12), days))];

    /// <summary>The detectors.</summary>
    public StreamSlots Slots => slots;

    /// <summary>Scores of a detector.</summary>
    public TailHistogram this[int slot] => scores[slot];

    /// <summary>What other processes have counted; null in a process alone.</summary>
    public StreamPopulations? Others
    {
        get;
        set
        {
            field = value;
            for (int slot = 0; slot < scores.Length; slot++) scores[slot].Other = value?.scores[slot];
        }
    }

    /// <summary>A verdict's place for the score of a detector.</summary>
    public ref double StatisticOf(Verdict verdict, int slot) => ref verdict.Statistics[firstStatistic + slot];

    /// <summary>Counts the scores of a verdict.</summary>
    public void Count(int day, Verdict verdict)
    {
        for (int slot = 0; slot < scores.Length; slot++)
        {
            double score = StatisticOf(verdict, slot);
            if (!double.IsNaN(score)) scores[slot].Add(day, score);
        }
    }

    /// <summary>The scores that are stored under a name.</summary>
    /// <returns>Null for those of a detector that the configuration does not name any more.</returns>
    public TailHistogram? Find(string id) => slots.Find(id) is >= 0 and var slot ? scores[slot] : null;
}
