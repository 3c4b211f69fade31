namespace Ecart.Bench.Pipeline;

/// <summary>Bytes on disk, indexes included.</summary>
/// <param name="EventBytes">A row of the event table.</param>
/// <param name="KeyBytes">Its key.</param>
/// <param name="OtherBytes">Its share of state, alerts and the rest.</param>
internal readonly record struct StorageFootprint(double EventBytes, double KeyBytes, double OtherBytes)
{
    /// <summary>All that one event takes.</summary>
    public double Total => EventBytes + KeyBytes + OtherBytes;
}
