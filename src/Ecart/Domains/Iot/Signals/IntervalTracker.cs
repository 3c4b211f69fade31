using Ecart.Profiles;

namespace Ecart.Domains.Iot.Signals;

/// <summary>How far apart a signal's measurements usually are: mean and deviation of the logarithm of the interval, outliers cut. Not thread-safe: its signal's.</summary>
internal struct IntervalTracker
{
    private const double Rate = 0.02;
    private const double CutDeviations = 3;

    /// <summary>Logarithmic deviation that is believed of the most regular signals: a jitter of a tenth.</summary>
    private const double LeastDeviation = 0.1;

    /// <summary>Intervals taken in.</summary>
    public long Count;
    private double mean;
    private double square;

    /// <summary>Usual interval, ticks; 0 while none is known.</summary>
    public readonly double Usual => Count == 0 ? 0 : Math.Exp(mean);

    private readonly double Deviation => Math.Max(LeastDeviation, Math.Sqrt(Math.Max(0, square - (mean * mean))));

    /// <summary>How many usual intervals an interval is; NaN while too little is known.</summary>
    public readonly double RatioOf(long ticks, int least) => Count < least || ticks <= 0 ? double.NaN : ticks / Usual;

    /// <summary>How many deviations of the logarithm an interval is above the usual.</summary>
    public readonly double DeviationsOf(long ticks) => ticks <= 0 || Count == 0 ? 0 : (Math.Log(ticks) - mean) / Deviation;

    /// <summary>Takes an interval in; one that is not above 0 is ignored.</summary>
    public void Add(long ticks)
    {
        if (ticks <= 0) return;
        double logarithm = Math.Log(ticks);
        if (Count * Rate > 1) logarithm = Math.Clamp(logarithm, mean - (CutDeviations * Deviation), mean + (CutDeviations * Deviation));
        Count++;
        double rate = Math.Max(Rate, 1.0 / Count);
        mean += rate * (logarithm - mean);
        square += rate * ((logarithm * logarithm) - square);
    }

    public readonly void Write(StateWriter writer)
    {
        writer.Long(Count);
        writer.Double(mean);
        writer.Double(square);
    }

    public static IntervalTracker Read(ref StateReader reader) => new() { Count = reader.Long(), mean = reader.Double(), square = reader.Double() };
}
