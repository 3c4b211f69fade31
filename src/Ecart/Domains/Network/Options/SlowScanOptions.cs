using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Many targets that fail over a day, too slowly for the window of <see cref="ScanOptions"/>: patient scanners, and peers of a botnet.</summary>
public sealed record SlowScanOptions
{
    /// <summary>Distinct targets of one UTC day that failed. Default 100, 10 to 1,000.</summary>
    public double Targets { get; init; } = 100;

    /// <summary>Share of all targets of the day that failed. Default 0.4.</summary>
    public double MinimumFailedShare { get; init; } = 0.4;

    /// <summary>Hours after which the same source is told again. Default 12; between two times its events raise no alert by it.</summary>
    public double AnnounceHours { get; init; } = 12;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Targets, 10, 1000, path + ".targets");
        OptionsException.RequireRange(MinimumFailedShare, 0, 1, path + ".minimum_failed_share");
        OptionsException.RequireRange(AnnounceHours, 0.01, 8760, path + ".announce_hours");
    }
}
