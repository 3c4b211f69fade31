namespace Ecart.Profiles;

/// <summary>
/// Something that goes on: when it was seen last, and how often and when people were told. They are told at its beginning and then ever less often.
/// The default is one that never was. Not thread-safe: its owner's.
/// </summary>
internal struct Episode
{
    /// <summary>The time until the next telling is doubled at most so often.</summary>
    private const int MostDoublings = 16;

    private long seenTicks;
    private long toldTicks;
    private int told;

    /// <summary>Whether what is seen now begins a new episode.</summary>
    /// <param name="ticks">Now.</param>
    /// <param name="quietTicks">Without being seen for longer it has ended.</param>
    public readonly bool HasEnded(long ticks, double quietTicks) => told == 0 || ticks - seenTicks > quietTicks;

    /// <summary>Whether the last telling is long enough ago.</summary>
    /// <param name="ticks">Now.</param>
    /// <param name="afterTicks">Time until the first repetition; each further one comes after twice as long.</param>
    /// <param name="atMostTicks">Time between repetitions, at most.</param>
    public readonly bool IsDue(long ticks, long afterTicks, long atMostTicks) =>
        ticks - toldTicks >= Math.Min(atMostTicks, afterTicks * Math.Pow(2, Math.Min(told - 1, MostDoublings)));

    /// <summary>It is seen; what is late takes nothing back.</summary>
    public void See(long ticks) => seenTicks = Math.Max(seenTicks, ticks);

    /// <summary>People are told of it.</summary>
    public void Tell(long ticks)
    {
        told++;
        toldTicks = Math.Max(toldTicks, ticks);
    }

    /// <summary>Writes it exactly.</summary>
    public readonly void Write(StateWriter writer)
    {
        writer.Long(seenTicks);
        writer.Long(toldTicks);
        writer.Int(told);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Episode Read(ref StateReader reader) => new() { seenTicks = reader.Long(), toldTicks = reader.Long(), told = reader.Int() };
}
