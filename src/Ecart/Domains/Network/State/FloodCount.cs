namespace Ecart.Domains.Network;

/// <summary>Connections of one source to one destination and port in the current stretch of event time. A value.</summary>
/// <param name="StartTicks">Beginning of the stretch.</param>
/// <param name="Count">Connections in it.</param>
/// <param name="Failed">Those without an answer or without content.</param>
internal readonly record struct FloodCount(long StartTicks, int Count, int Failed)
{
    /// <summary>The count after one more connection; a new stretch begins when the last is over.</summary>
    public FloodCount After(long ticks, bool isFailed, long stretchTicks)
    {
        bool isSame = Count > 0 && Math.Abs(ticks - StartTicks) < stretchTicks;
        int failed = isFailed ? 1 : 0;
        return isSame ? new FloodCount(Math.Min(ticks, StartTicks), Count + 1, Failed + failed) : new FloodCount(ticks, 1, failed);
    }
}
