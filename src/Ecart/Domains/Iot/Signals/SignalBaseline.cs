namespace Ecart.Domains.Iot.Signals;

/// <summary>What is normal for the values of one signal. Immutable, thread-safe.</summary>
internal sealed record SignalBaseline
{
    /// <summary>Hours that have an effect each.</summary>
    public const int Hours = 24;

    private const double HalfHour = 0.5;

    /// <summary>Median of the values.</summary>
    public required double Centre { get; init; }

    /// <summary>Robust standard deviation of the values, above 0.</summary>
    public required double Spread { get; init; }

    /// <summary>Robust standard deviation of what is left without the hour's effect, above 0.</summary>
    public required double Scale { get; init; }

    /// <summary>Mean size of the change from one value to the next, above 0.</summary>
    public required double Change { get; init; }

    /// <summary>What each hour of the day (UTC) adds to <see cref="Centre"/>; null when it has no effect or too little is known.</summary>
    public required double[]? HourEffects { get; init; }

    /// <summary>Values that it was made of.</summary>
    public required long Count { get; init; }

    /// <summary>Least value.</summary>
    public required double Minimum { get; init; }

    /// <summary>Largest value.</summary>
    public required double Maximum { get; init; }

    /// <summary>Mean of the values.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of the values.</summary>
    public required double Deviation { get; init; }

    /// <summary>How many <see cref="Scale"/> a value lies above what its hour brings.</summary>
    public double Residual(long ticks, double value) => (value - Centre - EffectAt(ticks)) / Scale;

    /// <summary>What the time of day adds, between the middles of two hours in proportion.</summary>
    public double EffectAt(long ticks)
    {
        if (HourEffects is not { } effects) return 0;
        double hour = (ticks % TimeSpan.TicksPerDay / (double)TimeSpan.TicksPerHour) - HalfHour;
        if (hour < 0) hour += Hours;
        int before = (int)hour;
        double share = hour - before;
        return ((1 - share) * effects[before % Hours]) + (share * effects[(before + 1) % Hours]);
    }
}
