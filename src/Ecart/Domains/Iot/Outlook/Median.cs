namespace Ecart.Domains.Iot.Outlook;

/// <summary>The median of values that may be put into another order.</summary>
internal static class Median
{
    /// <summary>Sorts the values; at least one.</summary>
    /// <returns>The middle one, or the mean of the two in the middle.</returns>
    public static double Sort(Span<double> values)
    {
        values.Sort();
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
