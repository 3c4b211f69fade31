using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// How rare a value is among all before it, in decades: 3 is one in a thousand. A histogram of logarithms, so memory is bounded and the answer does not depend
/// on the unit of measurement; beyond its highest hundredths a Pareto tail goes on.
/// </summary>
/// <remarks>B. M. Hill, A simple general approach to inference about the tail of a distribution, Annals of Statistics 1975.</remarks>
/// <param name="delay">
/// Values added lately that do not count yet. A statistic over the newest points grows step by step when they change; without a delay each step would make the
/// next one usual.
/// </param>
internal sealed class TailEstimate(int delay = 0)
{
    /// <summary>More decades say no more.</summary>
    public const double MaximumDecades = 15;

    private const int BinsPerOctave = 8;
    /// <summary>Octaves on either side of the first value that is not 0.</summary>
    private const int Octaves = 64;
    private const int Bins = (2 * Octaves * BinsPerOctave) + 1;
    private const double LogOfBin = 0.693147180559945309 / BinsPerOctave;
    /// <summary>Values that make the tail: this share of all, and no fewer than the least.</summary>
    private const double TailShare = 0.02;
    private const double LeastTail = 10;
    /// <summary>Mean logarithmic excess that is believed before any was seen, and how many values that belief is worth.</summary>
    private const double PriorExcess = 0.2;
    private const double PriorWeight = 5;
    /// <summary>Bin 0 counts zeros.</summary>
    private readonly int[] counts = new int[Bins];
    private readonly double[] waiting = new double[delay];
    private double origin = double.NaN;
    private long added;
    private int highest;

    public long Bytes => ((long)counts.Length * sizeof(int)) + ((long)waiting.Length * sizeof(double));

    /// <summary>How many values count.</summary>
    public long Count { get; private set; }

    /// <summary>Decades of a value, 0 and more.</summary>
    public double DecadesOf(double value)
    {
        if (value <= 0 || Count == 0) return 0;
        double position = PositionOf(value);
        double least = Math.Max(LeastTail, TailShare * Count);
        double tail = 0, sum = 0;
        int bin = highest;
        for (; bin > 0; bin--)
        {
            tail += counts[bin];
            sum += counts[bin] * (bin + 0.5);
            if (tail >= least) break;
        }

        double share;
        if (bin > 0 && position > bin)
        {
            double excess = (((sum - (tail * bin)) * LogOfBin) + (PriorExcess * PriorWeight)) / (tail + PriorWeight);
            share = (tail + 1) / (Count + 1) * Math.Exp((bin - position) * LogOfBin / excess);
        }
        else
        {
            share = (CountFrom(position) + 1) / (Count + 1);
        }

        return Math.Clamp(-Math.Log10(Math.Max(share, 1e-300)), 0, MaximumDecades);
    }

    public void Add(double value)
    {
        if (delay > 0)
        {
            ref double place = ref waiting[added % delay];
            (value, place) = (place, value);
            if (added++ < delay) return;
        }

        int bin = 0;
        if (value > 0)
        {
            if (double.IsNaN(origin)) origin = Math.Log(value);
            bin = (int)PositionOf(value);
        }

        counts[bin]++;
        highest = Math.Max(highest, bin);
        if (++Count >= int.MaxValue) Halve();
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Double(origin);
        writer.Long(Count);
        writer.Ints(counts);
        writer.Long(added);
        writer.Doubles(waiting);
    }

    public void Read(ref ArtefactReader reader)
    {
        origin = reader.Double();
        Count = reader.Long();
        reader.Ints(Bins).CopyTo(counts, 0);
        added = reader.Long();
        reader.Doubles(waiting.Length).CopyTo(waiting, 0);
        highest = Math.Max(0, counts.AsSpan().LastIndexOfAnyExcept(0));
    }

    private double CountFrom(double position)
    {
        int bin = (int)position;
        double above = counts[bin] * (1 - (position - bin));
        for (int i = bin + 1; i <= highest; i++) above += counts[i];
        return above;
    }

    /// <summary>Bin of a value above 0, and how far into it.</summary>
    private double PositionOf(double value)
    {
        double middle = Octaves * BinsPerOctave;
        return double.IsNaN(origin) ? middle : Math.Clamp(((Math.Log(value) - origin) / LogOfBin) + middle, 1, Bins - 1e-6);
    }

    private void Halve()
    {
        Count = 0;
        for (int i = 0; i < counts.Length; i++) Count += counts[i] /= 2;
    }
}
