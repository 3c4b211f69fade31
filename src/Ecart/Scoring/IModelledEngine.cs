using Ecart.Learning;

namespace Ecart.Scoring;

/// <summary>
/// An engine that takes trained models: embeddings, detectors, and trees that learned from verdicts. As every engine, not thread-safe: one scoring thread.
/// </summary>
public interface IModelledEngine : IDomainEngine
{
    /// <summary>Trained models in force.</summary>
    DomainModels Models { get; }

    /// <summary>Version of the domain's layout, of which learned embeddings are made.</summary>
    int LayoutVersion { get; }

    /// <summary>Names of <see cref="Features"/>, in their order.</summary>
    IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Whether <see cref="Features"/> are filled even when no model asks for them, to train one. Default false.</summary>
    bool KeepsFeatures { get; set; }

    /// <summary>What the event scored last looks like to a model that learns from verdicts, unless it was late; valid until the next is scored.</summary>
    ReadOnlySpan<float> Features { get; }

    /// <summary>Models that learned from verdicts, at first those of <see cref="Models"/>. Replaced whole; takes effect with the next event.</summary>
    /// <exception cref="Detection.DetectorInputException">One was trained on other features than <see cref="FeatureNames"/>.</exception>
    VerdictModels VerdictModels { get; set; }
}
