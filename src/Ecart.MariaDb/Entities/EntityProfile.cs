namespace Ecart.MariaDb.Entities;

/// <summary>What is normal for an entity, as it was published last.</summary>
/// <param name="ObservationCount">Normal events in it.</param>
/// <param name="WindowDays">Days that it looks back.</param>
/// <param name="DistanceMean">Mean distance of its events from what is usual; null while none is known.</param>
/// <param name="DistanceDeviation">Standard deviation of that; null while none is known.</param>
/// <param name="EmbeddingVersion">Version of its vectors.</param>
/// <param name="ConfigurationVersion">Version of the settings by which it was made.</param>
/// <param name="LastUpdated">When it was published, UTC.</param>
public sealed record EntityProfile(
    int ObservationCount, int WindowDays, double? DistanceMean, double? DistanceDeviation, int EmbeddingVersion, int ConfigurationVersion, DateTime LastUpdated)
{
    /// <summary>Distance from which an event is far from usual: mean + 3σ, σ at least a twentieth of the mean; for a device its warning distance. Null while not known.</summary>
    public double? Threshold { get; init; }

    /// <summary>What is usual for an account; null for others.</summary>
    public AccountFigures? Account { get; init; }

    /// <summary>What is usual for an address; null for others.</summary>
    public AddressFigures? Address { get; init; }

    /// <summary>The signals of a device; empty for others.</summary>
    public IReadOnlyList<SignalFigures> Signals { get; init; } = [];

    /// <summary>The usual threshold of a mean and a standard deviation.</summary>
    internal static double? ThresholdOf(double? mean, double? deviation) =>
        mean is { } centre && deviation is { } spread ? centre + (3 * Math.Max(spread, Math.Max(0.05 * centre, 1e-3))) : null;
}
