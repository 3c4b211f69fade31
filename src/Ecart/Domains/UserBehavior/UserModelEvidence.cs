using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>What trained detectors say of an action, by its layout. Not thread-safe: it belongs to an engine.</summary>
internal sealed class UserModelEvidence
{
    private readonly List<(LearnedDetectorOptions Options, LearnedDetector Detector, double Threshold)> detectors = [];
    private readonly double[] contributions = new double[UserBehaviorLayout.Dimension];
    private readonly DrivingFeatures features = new(UserBehaviorLayout.FeatureNames);
    private readonly RankOptions rank;

    public UserModelEvidence(UserBehaviorOptions options, DomainModels models)
    {
        rank = options.Rank;
        foreach (LearnedDetectorOptions one in options.Detectors)
        {
            if (models.FindDetector(one.Kind) is { } found) detectors.Add((one, found, found.Tail.ScoreOf(one.TailProbability)));
        }
    }

    /// <summary>Adds the evidence of those that find the event strange.</summary>
    /// <returns>Evidence for the rank, 0 to 1: that of the detector that finds the event farthest out, its tail widened by how many were asked.</returns>
    public double Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        double most = 0;
        foreach ((LearnedDetectorOptions options, LearnedDetector learned, double threshold) in detectors)
        {
            double score = learned.Detector.Score(context.Layout);
            double tail = learned.Tail.Of(score);
            most = Math.Max(most, options.RankWeight * rank.EvidenceOf(Math.Min(1, tail * detectors.Count), rank.TailProbability));
            if (tail > options.TailProbability) continue;
            learned.Detector.Explain(context.Layout, contributions);
            verdict.Add(new(
                options.Code, options.Contribution(tail), score, learned.Tail.Median, threshold, tail, features.Name(contributions)));
        }

        return most;
    }
}
