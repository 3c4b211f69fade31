using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Learning;

/// <summary>
/// Lets models that learned from verdicts speak after the detectors: the champion sets the rank score, the challenger only leaves its probability. Features are
/// filled only when somebody wants them. Not thread-safe: it belongs to an engine.
/// </summary>
/// <param name="domain">The domain.</param>
/// <param name="names">Names of the domain's features, in their order.</param>
internal sealed class VerdictModelScoring(string domain, IReadOnlyList<string> names)
{
    private readonly float[] features = new float[names.Count];

    /// <summary>Fill features even without a model.</summary>
    public bool KeepsFeatures { get; set; }

    /// <summary>Whether the features of an event are wanted before <see cref="Complete"/>.</summary>
    public bool IsAsking => KeepsFeatures || Models.Champion is not null || Models.Challenger is not null;

    /// <summary>The features of the event scored last, to be filled.</summary>
    public Span<float> Features => features;

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

    /// <summary>Completes a verdict by the features.</summary>
    public void Complete(Verdict verdict)
    {
        (VersionedTrees? champion, VersionedTrees? challenger) = Models;
        if (champion is not null)
        {
            verdict.RankScore = champion.Trees.Probability(features);
            verdict.ModelVersion = champion.Version;
        }

        if (challenger is null) return;
        verdict.ShadowProbability = challenger.Trees.Probability(features);
        verdict.ShadowVersion = challenger.Version;
    }

    private void Require(VersionedTrees? model)
    {
        if (model is null || model.Trees.Features.SequenceEqual(names)) return;
        throw new DetectorInputException(
            $"Model {model.Version} was trained on other features than those that this program gives ({model.Trees.Features.Count} and "
            + $"{names.Count}): train again with 'ecart train verdicts {domain}'.");
    }
}
