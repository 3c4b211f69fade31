using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>When one account is used by several people at once.</summary>
public sealed record SharingOptions
{
    /// <summary>Minutes that count as at once. Default 60, 1 to 1,440.</summary>
    public int WindowMinutes { get; init; } = 60;

    /// <summary>
    /// Changes between devices in different networks, back and forth, from which it counts when the places lie apart. Default 2: there and back again.
    /// </summary>
    public int Changes { get; init; } = 2;

    /// <summary>Devices in different networks at once from which it counts wherever they are. Default 3: one person has a computer and a telephone.</summary>
    public int Sources { get; init; } = 3;

    /// <summary>Kilometres from which places lie apart; so do those in different countries. Default 100.</summary>
    public double MinimumKm { get; init; } = 100;

    /// <summary>What it adds. Default 0.5.</summary>
    public double Contribution { get; init; } = 0.5;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(WindowMinutes, 1, 1440, path + ".window_minutes");
        OptionsException.RequireRange(Changes, 1, UserState.PlaceCapacity, path + ".changes");
        OptionsException.RequireRange(Sources, 2, UserState.PlaceCapacity, path + ".sources");
        OptionsException.RequireRange(MinimumKm, 0, 20_040, path + ".minimum_km");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
