namespace Ecart.Streaming.Files;

/// <summary>Event time, then the order of reading.</summary>
internal readonly record struct EmissionOrder(long EventTicks, long Ordinal) : IComparable<EmissionOrder>
{
    public int CompareTo(EmissionOrder other)
    {
        var byTime = EventTicks.CompareTo(other.EventTicks);
        return byTime != 0 ? byTime : Ordinal.CompareTo(other.Ordinal);
    }
}
