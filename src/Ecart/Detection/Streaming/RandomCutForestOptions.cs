using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming;

/// <summary>Size and memory of a <see cref="RandomCutForest"/>.</summary>
public sealed record RandomCutForestOptions
{
    /// <summary>Trees; time and memory grow with it, noise falls with its root. Default 50, 1 to 1,000.</summary>
    public int Trees { get; init; } = 50;

    /// <summary>Vectors in a tree, fewer where <see cref="MaximumBytes"/> does not allow it. Default 256, 8 to 65,536.</summary>
    public int SampleSize { get; init; } = 256;

    /// <summary>Vectors after which the chance to be in a tree is 1/e of a new one's: how long is remembered. Default 5,000, 10 to 1,000,000,000.</summary>
    public int Window { get; init; } = 5000;

    /// <summary>Vectors to learn before there is an opinion. Default 64, 2 to 1,000,000.</summary>
    public int MinimumObservations { get; init; } = 64;

    /// <summary>Vectors and boxes of all trees take at most about this; trees keep at least 32 vectors. Default 64 MiB, 64 KiB to 64 GiB.</summary>
    public long MaximumBytes { get; init; } = 64L << 20;

    /// <summary>Seed of samples and cuts. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        OptionsException.RequireRange(Trees, 1, 1000, "trees");
        OptionsException.RequireRange(SampleSize, 8, 65_536, "sample_size");
        OptionsException.RequireRange(Window, 10, 1_000_000_000, "window");
        OptionsException.RequireRange(MinimumObservations, 2, 1_000_000, "minimum_observations");
        OptionsException.RequireRange(MaximumBytes, 64L << 10, 64L << 30, "maximum_bytes");
    }

    /// <summary>Vectors in a tree: a vector and the two corners of a box each.</summary>
    internal int SampleSizeFor(int dimension) =>
        (int)Math.Min(SampleSize, Math.Max(32, MaximumBytes / (3L * sizeof(float) * dimension * Trees)));

    internal void Write(ArtefactWriter writer)
    {
        writer.Int(Trees);
        writer.Int(SampleSize);
        writer.Int(Window);
        writer.Int(MinimumObservations);
        writer.Long(MaximumBytes);
        writer.Long((long)Seed);
    }

    internal static RandomCutForestOptions Read(ref ArtefactReader reader) => new()
    {
        Trees = reader.Int(),
        SampleSize = reader.Int(),
        Window = reader.Int(),
        MinimumObservations = reader.Int(),
        MaximumBytes = reader.Long(),
        Seed = (ulong)reader.Long(),
    };
}
