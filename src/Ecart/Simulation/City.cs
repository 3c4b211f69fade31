namespace Ecart.Simulation;

/// <summary>A real city: where accounts live and travel.</summary>
/// <param name="Name">Name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="TimeZone">IANA time zone.</param>
internal sealed record City(string Name, string Country, double Latitude, double Longitude, string TimeZone)
{
    /// <summary>Cities of the simulation; coordinates to two decimals.</summary>
    public static IReadOnlyList<City> All { get; } =
    [
        new("Paris", "FR", 48.86, 2.35, "Europe/Paris"),
        new("Lyon", "FR", 45.76, 4.84, "Europe/Paris"),
        new("Marseille", "FR", 43.30, 5.37, "Europe/Paris"),
        new("Toulouse", "FR", 43.60, 1.44, "Europe/Paris"),
        new("Nantes", "FR", 47.22, -1.55, "Europe/Paris"),
        new("Brussels", "BE", 50.85, 4.35, "Europe/Brussels"),
        new("Amsterdam", "NL", 52.37, 4.90, "Europe/Amsterdam"),
        new("Berlin", "DE", 52.52, 13.41, "Europe/Berlin"),
        new("Munich", "DE", 48.14, 11.58, "Europe/Berlin"),
        new("Hamburg", "DE", 53.55, 9.99, "Europe/Berlin"),
        new("Madrid", "ES", 40.42, -3.70, "Europe/Madrid"),
        new("Barcelona", "ES", 41.39, 2.17, "Europe/Madrid"),
        new("Lisbon", "PT", 38.72, -9.14, "Europe/Lisbon"),
        new("Rome", "IT", 41.90, 12.50, "Europe/Rome"),
        new("Milan", "IT", 45.46, 9.19, "Europe/Rome"),
        new("Vienna", "AT", 48.21, 16.37, "Europe/Vienna"),
        new("Warsaw", "PL", 52.23, 21.01, "Europe/Warsaw"),
        new("Dublin", "IE", 53.35, -6.26, "Europe/Dublin"),
        new("London", "GB", 51.51, -0.13, "Europe/London"),
        new("Athens", "GR", 37.98, 23.73, "Europe/Athens"),
        new("New York", "US", 40.71, -74.01, "America/New_York"),
        new("Miami", "US", 25.76, -80.19, "America/New_York"),
        new("Los Angeles", "US", 34.05, -118.24, "America/Los_Angeles"),
        new("Sao Paulo", "BR", -23.55, -46.63, "America/Sao_Paulo"),
        new("Dubai", "AE", 25.20, 55.27, "Asia/Dubai"),
        new("Singapore", "SG", 1.35, 103.82, "Asia/Singapore"),
        new("Tokyo", "JP", 35.68, 139.69, "Asia/Tokyo"),
        new("Cape Town", "ZA", -33.92, 18.42, "Africa/Johannesburg"),
    ];

    /// <summary>Cities from the start of <see cref="All"/> where accounts live.</summary>
    public const int HomeCities = 20;

    /// <summary>The first city of <see cref="All"/> that is far from every home city.</summary>
    public const int FarCities = 22;

    private TimeZoneInfo? zone;

    /// <summary>Minutes ahead of UTC at a moment.</summary>
    public short OffsetMinutes(DateTime utc)
    {
        zone ??= TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        return (short)zone.GetUtcOffset(utc).TotalMinutes;
    }
}
