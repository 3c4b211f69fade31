using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>A destination that the source has never connected to.</summary>
public sealed record NewDestinationOptions
{
    /// <summary>Connections of the source before which every destination is new. Default 10.</summary>
    public int MinimumConnections { get; init; } = 10;

    /// <summary>Default 0.1.</summary>
    public double Contribution { get; init; } = 0.1;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(MinimumConnections, 1, 100_000, path + ".minimum_connections");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
