using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming;

/// <summary>Size and memory of <see cref="HalfSpaceTrees"/>.</summary>
public sealed record HalfSpaceTreesOptions
{
    /// <summary>Trees; time and memory grow with it. Default 25, 1 to 1,000.</summary>
    public int Trees { get; init; } = 25;

    /// <summary>Halvings from the root to a leaf; memory doubles with each. Default 12, 1 to 20.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>
    /// Vectors in a window: the last whole one is what is normal, and there is no opinion before it. Default 250, 16 to 1,000,000.
    /// </summary>
    public int Window { get; init; } = 250;

    /// <summary>Seed of the cuts. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        OptionsException.RequireRange(Trees, 1, 1000, "trees");
        OptionsException.RequireRange(Depth, 1, 20, "depth");
        OptionsException.RequireRange(Window, 16, 1_000_000, "window");
    }

    internal void Write(ArtefactWriter writer)
    {
        writer.Int(Trees);
        writer.Int(Depth);
        writer.Int(Window);
        writer.Long((long)Seed);
    }

    internal static HalfSpaceTreesOptions Read(ref ArtefactReader reader) => new()
    {
        Trees = reader.Int(),
        Depth = reader.Int(),
        Window = reader.Int(),
        Seed = (ulong)reader.Long(),
    };
}
