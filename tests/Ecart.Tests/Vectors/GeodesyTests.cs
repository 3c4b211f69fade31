using CsCheck;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Vectors;

public sealed class GeodesyTests
{
    private static readonly Gen<(double Latitude, double Longitude)> Place = Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180]);

    [Theory]
    [InlineData(48.8566, 2.3522, 51.5074, -0.1278, 343.6)]
    [InlineData(40.7128, -74.0060, 35.6762, 139.6503, 10_851.7)]
    [InlineData(0, 179.5, 0, -179.5, 111.2)]
    [InlineData(0, 0, 0, 180, 20_015.1)]
    [InlineData(90, 0, -90, 77, 20_015.1)]
    [InlineData(12.5, -7, 12.5, -7, 0)]
    public void HaversineKm_KnownPlaces_GivesKnownKilometres(double latitude1, double longitude1, double latitude2, double longitude2, double km) =>
        Assert.Equal(km, Geodesy.HaversineKm(latitude1, longitude1, latitude2, longitude2), 0.1);

    [Fact]
    public void HaversineKm_AnyPlaces_EqualsChordOnTheUnitSphere() => Gen.Select(Place, Place).Sample((from, to) =>
    {
        var (x1, y1, z1) = OnSphere(from);
        var (x2, y2, z2) = OnSphere(to);
        var chord = Math.Sqrt(((x1 - x2) * (x1 - x2)) + ((y1 - y2) * (y1 - y2)) + ((z1 - z2) * (z1 - z2)));
        var expected = 2 * Geodesy.EarthRadiusKm * Math.Asin(Math.Min(1, chord / 2));
        var km = Geodesy.HaversineKm(from.Latitude, from.Longitude, to.Latitude, to.Longitude);
        Assert.Equal(expected, km, 1e-3);
        Assert.Equal(km, Geodesy.HaversineKm(to.Latitude, to.Longitude, from.Latitude, from.Longitude), 1e-9);
        Assert.InRange(km, 0, Math.PI * Geodesy.EarthRadiusKm);
    }, seed: "0000KOIbCd64", iter: 1000);

    private static (double X, double Y, double Z) OnSphere((double Latitude, double Longitude) place)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(double.DegreesToRadians(place.Latitude));
        var (sinLongitude, cosLongitude) = Math.SinCos(double.DegreesToRadians(place.Longitude));
        return (cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
    }
}
