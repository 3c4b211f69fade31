namespace Ecart.Profiles;

/// <summary>One normal event as a profile takes it in.</summary>
public ref struct ProfileObservation
{
    /// <summary>Event time, UTC ticks. It alone decides to which part of the window the event belongs.</summary>
    public long Ticks;

    /// <summary>Local hour, 0 to 23.</summary>
    public int LocalHour;

    /// <summary>The embedding.</summary>
    public ReadOnlySpan<float> Vector;

    /// <summary>Values of the domain's measures, in the domain's order; NaN for one that is unknown and not taken in.</summary>
    public ReadOnlySpan<double> Measures;

    /// <summary>
    /// Distance to the centroid before this event was learned, times √(n/(n + 1)) for the n events behind that centroid:
    /// as if the centroid had been known exactly. NaN when there was no centroid.
    /// </summary>
    public double Distance;
}
