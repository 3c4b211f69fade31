using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>When one person cannot have been in two places.</summary>
public sealed record TravelOptions
{
    /// <summary>Kilometres below which a difference of position says nothing: addresses are located roughly. Default 100.</summary>
    public double MinimumKm { get; init; } = 100;

    /// <summary>The fastest plausible travel, km/h. Default 900.</summary>
    public double MaximumKmh { get; init; } = 900;

    /// <summary>Without coordinates: minutes within which another country is impossible (strictly less). Default 120.</summary>
    public int CountryMinutes { get; init; } = 120;

    /// <summary>What it adds. Default 0.5.</summary>
    public double Contribution { get; init; } = 0.5;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(MinimumKm, 0, 20_040, path + ".minimum_km");
        OptionsException.RequireRange(MaximumKmh, 1, 1e6, path + ".maximum_kmh");
        OptionsException.RequireRange(CountryMinutes, 0, 10_080, path + ".country_minutes");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
