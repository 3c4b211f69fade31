namespace Ecart.Domains.Transactions;

/// <summary>Where and when a card was present.</summary>
/// <param name="Ticks">Event time, UTC.</param>
/// <param name="Latitude">Degrees, NaN when unknown.</param>
/// <param name="Longitude">Degrees, NaN when unknown.</param>
/// <param name="Country">Two letters, null when unknown.</param>
internal readonly record struct CardPlace(long Ticks, double Latitude, double Longitude, string? Country)
{
    public bool HasPosition => !double.IsNaN(Latitude) && !double.IsNaN(Longitude);
}
