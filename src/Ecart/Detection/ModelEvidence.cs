using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>What trained detectors say of an event, by its layout. Not thread-safe: it belongs to an engine.</summary>
internal sealed class ModelEvidence
{
    private readonly List<(LearnedDetectorOptions Options, LearnedDetector Detector, double Threshold)> detectors = [];
    private readonly double[] contributions;
    private readonly DrivingFeatures features;
    private readonly TailWorth worth;

    /// <param name="configured">The detectors that the configuration names; of those, the trained ones are asked.</param>
    /// <param name="worth">What their tails count for the rank.</param>
    /// <param name="models">Trained models in force.</param>
    /// <param name="featureNames">Name of each float of the layout.</param>
    public ModelEvidence(IReadOnlyList<LearnedDetectorOptions> configured, TailWorth worth, DomainModels models, IReadOnlyList<string> featureNames)
    {
        this.worth = worth;
        contributions = new double[featureNames.Count];
        features = new DrivingFeatures(featureNames);
        foreach (LearnedDetectorOptions one in configured)
        {
            if (models.FindDetector(one.Kind) is { } found) detectors.Add((one, found, found.Tail.ScoreOf(one.TailProbability)));
        }
    }

    /// <summary>Adds the evidence of those that find the event strange.</summary>
    /// <returns>
    /// Evidence for the rank, 0 to 1: that of the detector that finds the event farthest out, its tail widened by how many were asked. They look at the
    /// same event, so that several of them are no independent witnesses.
    /// </returns>
    public double Evaluate(ReadOnlySpan<float> layout, Verdict verdict)
    {
        double most = 0;
        foreach ((LearnedDetectorOptions options, LearnedDetector learned, double threshold) in detectors)
        {
            double score = learned.Detector.Score(layout);
            double tail = learned.Tail.Of(score);
            most = Math.Max(most, options.RankWeight * worth.Of(Math.Min(1, tail * detectors.Count)));
            if (tail > options.TailProbability) continue;
            learned.Detector.Explain(layout, contributions);
            verdict.Add(new(
                options.Code, options.Contribution(tail), score, learned.Tail.Median, threshold, tail, features.Name(contributions)));
        }

        return most;
    }
}
