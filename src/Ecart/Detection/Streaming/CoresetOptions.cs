using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming;

/// <summary>The bounded sample of a stream that <see cref="IncrementalKnn"/> and <see cref="IncrementalLof"/> compare with.</summary>
public sealed record CoresetOptions
{
    /// <summary>Most neighbours that can be asked for.</summary>
    public const int MaximumNeighbours = 128;

    /// <summary>Vectors that are kept as exemplars: time of a score and memory grow with it. Default 512, 8 to 65,536.</summary>
    public int Exemplars { get; init; } = 512;

    /// <summary>
    /// Nearest exemplars that count. With a sample of one vector in s, about s times as many alike vectors teach a new normal. Default 10, 1 to 128.
    /// </summary>
    public int Neighbours { get; init; } = 10;

    /// <summary>Vectors after which the chance to be an exemplar is 1/e of a new one's: how long is remembered. Default 5,000, 10 to 1,000,000,000.</summary>
    public int Window { get; init; } = 5000;

    /// <summary>Vectors to learn before there is an opinion; more than <see cref="Neighbours"/>. Default 20, 2 to 1,000,000.</summary>
    public int MinimumObservations { get; init; } = 20;

    /// <summary>Seed of the sample. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        OptionsException.RequireRange(Exemplars, 8, 65_536, "exemplars");
        OptionsException.RequireRange(Neighbours, 1, Math.Min(MaximumNeighbours, Exemplars - 1), "neighbours");
        OptionsException.RequireRange(Window, 10, 1_000_000_000, "window");
        OptionsException.RequireRange(MinimumObservations, Neighbours + 1, 1_000_000, "minimum_observations");
    }

    internal void Write(ArtefactWriter writer)
    {
        writer.Int(Exemplars);
        writer.Int(Neighbours);
        writer.Int(Window);
        writer.Int(MinimumObservations);
        writer.Long((long)Seed);
    }

    internal static CoresetOptions Read(ref ArtefactReader reader) => new()
    {
        Exemplars = reader.Int(),
        Neighbours = reader.Int(),
        Window = reader.Int(),
        MinimumObservations = reader.Int(),
        Seed = (ulong)reader.Long(),
    };
}
