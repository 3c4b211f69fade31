using Ecart.Scoring;

namespace Ecart.Detection.Batch.Reconstruction;

/// <summary>Settings of <see cref="Autoencoder"/>.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>Neurons of the layers on either side of the narrowest; 0, the default, is as many as there are dimensions, 4 to 64 of them. Up to 1,024.</summary>
    public int Hidden { get; init; }

    /// <summary>Neurons of the narrowest layer; 0, the default, is a third of the dimensions, 1 to 16. Up to 256.</summary>
    public int Code { get; init; }

    /// <summary>Most steps of training, each with <see cref="Batch"/> rows. Default 3,000, 1 to 1,000,000.</summary>
    public int Steps { get; init; } = 3000;

    /// <summary>Rows of a step. Default 64, 1 to 4,096.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Step size of Adam. Default 0.003, 1e-6 to 1.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>
    /// Part of the rows that is held back to see when more training no longer helps; with fewer than 20 rows all are trained on, and judged by. Default 0.1, 0.01 to 0.5.
    /// </summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>Looks at the held-back rows, one every 50 steps, without improvement before training ends. Default 10, 1 to 1,000.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Threads for scoring many rows; 0, the default, is one a processor; training uses one. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of the first weights and of the order of the rows. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Hidden, 0, 1024, path + ".hidden");
        OptionsException.RequireRange(Code, 0, 256, path + ".code");
        OptionsException.RequireRange(Steps, 1, 1_000_000, path + ".steps");
        OptionsException.RequireRange(Batch, 1, 4096, path + ".batch");
        OptionsException.RequireRange(LearningRate, 1e-6, 1, path + ".learning_rate");
        OptionsException.RequireRange(Validation, 0.01, 0.5, path + ".validation");
        OptionsException.RequireRange(Patience, 1, 1000, path + ".patience");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
