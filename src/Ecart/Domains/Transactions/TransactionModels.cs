using Ecart.Detection;
using Ecart.Learning;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions;

/// <summary>
/// Lets models that learned from verdicts speak after the detectors: the champion sets the rank score, the challenger only leaves its probability. Features are
/// filled only when somebody wants them. Not thread-safe.
/// </summary>
internal sealed class TransactionModels(TransactionFeatureBuilder builder)
{
    private readonly float[] features = new float[TransactionFeatures.Count];

    /// <summary>Fill features even without a model.</summary>
    public bool KeepsFeatures { get; set; }

    /// <summary>The features of the event scored last.</summary>
    public ReadOnlySpan<float> Features => features;

    /// <summary>Those in force.</summary>
    /// <exception cref="DetectorInputException">One was trained on other features.</exception>
    public VerdictModels Models
    {
        get;
        set
        {
            Require(value.Champion);
            Require(value.Challenger);
            field = value;
        }
    } = VerdictModels.None;

    /// <summary>Completes a verdict.</summary>
    public void Complete(in TransactionContext context, in RankTrace trace, Verdict verdict)
    {
        (VersionedTrees? champion, VersionedTrees? challenger) = Models;
        if (champion is null && challenger is null && !KeepsFeatures) return;
        builder.Build(in context, in trace, verdict, features);
        if (champion is not null)
        {
            verdict.RankScore = champion.Trees.Probability(features);
            verdict.ModelVersion = champion.Version;
        }

        if (challenger is null) return;
        verdict.ShadowProbability = challenger.Trees.Probability(features);
        verdict.ShadowVersion = challenger.Version;
    }

    private static void Require(VersionedTrees? model)
    {
        if (model is null || model.Trees.Features.SequenceEqual(TransactionFeatures.Names)) return;
        throw new DetectorInputException(
            $"Model {model.Version} was trained on other features than those that this program gives ({model.Trees.Features.Count} and "
            + $"{TransactionFeatures.Count}): train again with 'ecart train verdicts transactions'.");
    }
}
