using Ecart.Profiles;

namespace Ecart.Domains.Iot.Signals;

/// <summary>How long a signal stays at exactly one value, now and usually: a stuck sensor stays longer than its history makes plausible. Not thread-safe: its signal's.</summary>
internal struct UnchangedRun
{
    private const long MostSteps = 1 << 20;

    /// <summary>Steps at the newest value so far.</summary>
    public long Length;

    /// <summary>Event time of the first measurement of that value.</summary>
    public long SinceTicks;
    private double value;
    private long steps;
    private long repeats;
    private long longest;
    private bool hasValue;

    /// <summary>Steps that the run would have with one more measurement.</summary>
    public readonly long LengthWith(double next) => hasValue && next == value ? Length + 1 : 0;

    /// <summary>Whether a run is longer than the history makes plausible.</summary>
    public readonly bool IsImplausible(long length, StuckSensorOptions options)
    {
        if (length < options.MinimumRepeats || steps < options.MinimumHistory || length <= options.LongestFactor * longest) return false;
        double chance = (repeats + 1.0) / (steps + 2.0);
        return length * Math.Log(chance) < Math.Log(options.Chance);
    }

    /// <summary>Takes a measurement in. A run that was implausible is not counted as usual.</summary>
    public void Add(long ticks, double next, StuckSensorOptions options)
    {
        if (hasValue && next == value)
        {
            Length++;
            return;
        }

        if (hasValue && !IsImplausible(Length, options))
        {
            steps += Length + 1;
            repeats += Length;
            longest = Math.Max(longest, Length);
            if (steps > MostSteps) (steps, repeats) = (steps / 2, repeats / 2);
        }

        hasValue = true;
        value = next;
        Length = 0;
        SinceTicks = ticks;
    }

    public readonly void Write(StateWriter writer)
    {
        writer.Int(hasValue ? 1 : 0);
        writer.Double(value);
        writer.Long(Length);
        writer.Long(SinceTicks);
        writer.Long(steps);
        writer.Long(repeats);
        writer.Long(longest);
    }

    public static UnchangedRun Read(ref StateReader reader) => new()
    {
        hasValue = reader.Int() != 0,
        value = reader.Double(),
        Length = reader.Long(),
        SinceTicks = reader.Long(),
        steps = reader.Long(),
        repeats = reader.Long(),
        longest = reader.Long(),
    };
}
