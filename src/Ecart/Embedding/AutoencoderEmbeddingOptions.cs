using Ecart.Scoring;

namespace Ecart.Embedding;

/// <summary>How <see cref="AutoencoderEmbedding"/> is trained.</summary>
public sealed record AutoencoderEmbeddingOptions
{
    /// <summary>The defaults.</summary>
    public static AutoencoderEmbeddingOptions Default { get; } = new();

    /// <summary>Length of the code that a vector has to pass. Default 24, 1 to 256.</summary>
    public int Components { get; init; } = 24;

    /// <summary>Units of the layer on each side of the code. Default 64, 1 to 1,024.</summary>
    public int HiddenUnits { get; init; } = 64;

    /// <summary>Passes over the rows. Default 20, 1 to 1,000.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Step of the first pass; it falls to a tenth until the last. Default 0.002.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Seed of weights and order. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks every range.</summary>
    /// <exception cref="OptionsException">A value is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        OptionsException.RequireRange(Components, 1, 256, "components");
        OptionsException.RequireRange(HiddenUnits, 1, 1024, "hidden_units");
        OptionsException.RequireRange(Epochs, 1, 1000, "epochs");
        OptionsException.RequireRange(LearningRate, 1e-6, 0.1, "learning_rate");
    }
}
