namespace Ecart.MariaDb.Tests.Sql;

/// <summary>Vectors of length 1 in the plane of the first two dimensions.</summary>
internal static class UnitVector
{
    public static float[] At(double radians, int dimension = 128)
    {
        var vector = new float[dimension];
        vector[0] = (float)Math.Cos(radians);
        vector[1] = (float)Math.Sin(radians);
        return vector;
    }

    /// <summary>A vector of length 1 at this distance, at most 2, from <c>At(0)</c>.</summary>
    public static float[] AtDistance(double distance, int dimension = 128) => At(2 * Math.Asin(distance / 2), dimension);
}
