using Ecart.Detection;
using Ecart.Domains.Iot.Calibration;
using Ecart.Embedding;
using Ecart.Learning;

namespace Ecart.Scoring;

/// <summary>The trained models by which a domain is scored. Immutable; a change is a new object, and a new engine.</summary>
public sealed record DomainModels
{
    /// <summary>No models: everything is as the layout and the configuration say.</summary>
    public static DomainModels None { get; } = new();

    /// <summary>Makes the embeddings out of those of the layout; null for the layout itself.</summary>
    public LearnedEmbedding? Embedding { get; init; }

    /// <summary>Trained batch detectors, which look at vectors of the layout; at most one a kind. Default none.</summary>
    public IReadOnlyList<LearnedDetector> Detectors { get; init; } = [];

    /// <summary>Trees that learned from verdicts: the champion and its challenger. Default none.</summary>
    public VerdictModels Verdicts { get; init; } = VerdictModels.None;

    /// <summary>What calibrated devices are compared with; of use to the iot domain. Default none.</summary>
    public IotCalibration Calibration { get; init; } = IotCalibration.None;

    /// <summary>The detector of a kind; null when none is in force.</summary>
    public LearnedDetector? FindDetector(string kind) => Detectors.FirstOrDefault(learned => learned.Detector.Kind == kind);

    /// <exception cref="OptionsException">A model takes or makes vectors of another length than the domain's.</exception>
    internal void Validate(int dimension)
    {
        foreach (LearnedDetector learned in Detectors)
            OptionsException.Require(learned.Detector.Dimension == dimension, learned.Detector.Kind + ".dimension", learned.Detector.Dimension, $"{dimension}");
        if (Embedding is not { } embedding) return;
        OptionsException.Require(LearnedEmbedding.IsLearned(embedding.Version), "embedding.version", embedding.Version, $"above {LearnedEmbedding.LastLayoutVersion}");
        OptionsException.Require(embedding.Model.InputDimension == dimension, "embedding.input_dimension", embedding.Model.InputDimension, $"{dimension}");
        OptionsException.RequireRange(embedding.Model.Dimension, 1, dimension, "embedding.dimension");
    }
}
