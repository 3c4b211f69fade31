using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>
/// A field's value that the entity never had. How much that says is told by how often the entity's normal events brought new values before
/// (Laplace's estimate (new + 1) / (events + 2)).
/// </summary>
public sealed record DeclaredNoveltyOptions
{
    /// <summary>A field of the event. Required.</summary>
    public string Field { get; init; } = "";

    /// <summary>Normal events of the entity below which nothing is said. Default 20, 2 to 1,000.</summary>
    public int MinimumObservations { get; init; } = 20;

    /// <summary>Share of new values from which on they are usual for the entity and say nothing. Default 0.05.</summary>
    public double Rare { get; init; } = 0.05;

    /// <summary>What a new value adds where they are rare, 0 to 1. Default 0.15.</summary>
    public double Contribution { get; init; } = 0.15;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(MinimumObservations, 2, 1000, path + ".minimum_observations");
        OptionsException.RequireRange(Rare, 1e-6, 1, path + ".rare");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
