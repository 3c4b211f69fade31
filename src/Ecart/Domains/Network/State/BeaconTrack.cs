namespace Ecart.Domains.Network;

/// <summary>
/// How regular one source's connections to one destination and port are: exponentially weighted mean and variance of intervals and sizes, and since when
/// both vary little. A value.
/// </summary>
internal struct BeaconTrack
{
    /// <summary>Weight of the newest interval.</summary>
    private const double NewestWeight = 1.0 / 12;

    /// <summary>Intervals before which the mean is that of all.</summary>
    private const int Settling = 12;

    /// <summary>An interval of so many means is several beats of which some were missed.</summary>
    private const double MissedFactor = 1.6;

    /// <summary>Bytes added to the mean size, so that a few bytes more or less are nothing.</summary>
    private const double SizeFloor = 64;

    public ulong Key;
    public long LastTicks;
    public long RegularSince;
    public int Intervals;
    public int Regular;
    public double MeanSeconds;
    public double VarianceSeconds;
    public double MeanBytes;
    public double VarianceBytes;

    /// <summary>Coefficient of variation of the intervals.</summary>
    public readonly double IntervalVariation => MeanSeconds > 0 ? Math.Sqrt(VarianceSeconds) / MeanSeconds : double.PositiveInfinity;

    /// <summary>Coefficient of variation of the sizes.</summary>
    public readonly double SizeVariation => Math.Sqrt(VarianceBytes) / (MeanBytes + SizeFloor);

    /// <summary>Whether the connections are a beacon: regular for long enough.</summary>
    public readonly bool IsBeacon(BeaconOptions options) =>
        Regular >= options.MinimumConnections && LastTicks - RegularSince >= options.MinimumHours * TimeSpan.TicksPerHour;

    /// <summary>How far the connections are on the way to be a beacon, 0 to 1.</summary>
    public readonly double Regularity(BeaconOptions options)
    {
        if (Regular == 0) return 0;
        double time = (LastTicks - RegularSince) / (options.MinimumHours * TimeSpan.TicksPerHour);
        return Math.Min(1, Math.Min((double)Regular / options.MinimumConnections, time));
    }

    /// <summary>The track after one more connection.</summary>
    public readonly BeaconTrack After(long ticks, double bytes, BeaconOptions options)
    {
        BeaconTrack track = this;
        double seconds = (ticks - LastTicks) / (double)TimeSpan.TicksPerSecond;
        if (seconds < options.MinimumIntervalSeconds) return track;
        track.LastTicks = ticks;
        if (Intervals >= options.MinimumConnections / 4 && MeanSeconds > 0 && seconds > MissedFactor * MeanSeconds)
        {
            double beats = Math.Round(seconds / MeanSeconds);
            if (beats > options.MissedBeats + 1) return First(Key, ticks, bytes);
            seconds /= beats;
        }

        track.Intervals = Math.Min(Intervals + 1, int.MaxValue - 1);
        double weight = track.Intervals < Settling ? 1.0 / track.Intervals : NewestWeight;
        Move(ref track.MeanSeconds, ref track.VarianceSeconds, seconds, weight);
        Move(ref track.MeanBytes, ref track.VarianceBytes, bytes, weight);
        bool isRegular = track.Intervals >= options.MinimumConnections / 4 && track.IntervalVariation <= options.MaximumVariation && track.SizeVariation <= options.MaximumVariation;
        if (!isRegular)
        {
            track.Regular = 0;
            track.RegularSince = ticks;
        }
        else
        {
            track.Regular = Regular + 1;
        }

        return track;
    }

    /// <summary>The track of a first connection.</summary>
    public static BeaconTrack First(ulong key, long ticks, double bytes) => new() { Key = key, LastTicks = ticks, RegularSince = ticks, MeanBytes = bytes };

    private static void Move(ref double mean, ref double variance, double value, double weight)
    {
        double difference = value - mean;
        mean += weight * difference;
        variance = (1 - weight) * (variance + (weight * difference * difference));
    }
}
