namespace Ecart.Vectors;

/// <summary>Distances on the Earth's surface.</summary>
public static class Geodesy
{
    /// <summary>Mean radius of the Earth (IUGG), km.</summary>
    public const double EarthRadiusKm = 6371.0088;

    /// <summary>Great-circle distance in km by the haversine formula; arguments in degrees.</summary>
    public static double HaversineKm(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        double phi1 = double.DegreesToRadians(latitude1);
        double phi2 = double.DegreesToRadians(latitude2);
        double sinPhi = Math.Sin((phi2 - phi1) / 2);
        double sinLambda = Math.Sin(double.DegreesToRadians(longitude2 - longitude1) / 2);
        double a = (sinPhi * sinPhi) + (Math.Cos(phi1) * Math.Cos(phi2) * sinLambda * sinLambda);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }
}
