using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Very much data out to a destination that is new.</summary>
public sealed record ExfiltrationOptions
{
    /// <summary>Bytes sent to one outer destination above which it counts. Default 100,000,000.</summary>
    public double Bytes { get; init; } = 100_000_000;

    /// <summary>Hours for which a destination is new. Default 24.</summary>
    public double NewHours { get; init; } = 24;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Bytes, 1, 1e15, path + ".bytes");
        OptionsException.RequireRange(NewHours, 0.01, 8760, path + ".new_hours");
    }
}
