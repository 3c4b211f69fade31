using System.Runtime.InteropServices;
using Ecart.Thresholds;

namespace Ecart.Profiles;

/// <summary>Stores the counts of a <see cref="TailHistogram"/> exactly.</summary>
internal static class TailHistogramCodec
{
    private const int MostBins = 1 << 16;
    private const int MostDays = 1 << 12;

    public static void Write(TailHistogram histogram, StateWriter writer)
    {
        writer.Int(histogram.BinCount);
        writer.Int(histogram.Days.Count);
        foreach ((int day, int[] counts) in histogram.Days)
        {
            writer.Int(day);
            writer.Floats(MemoryMarshal.Cast<int, float>(counts));
        }
    }

    /// <summary>Adds stored counts to those of a histogram with the same bins.</summary>
    public static void Include(TailHistogram histogram, ref StateReader reader)
    {
        int bins = reader.Count(MostBins);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bins, histogram.BinCount);
        int days = reader.Count(MostDays);
        var counts = new int[bins];
        for (int i = 0; i < days; i++)
        {
            int day = reader.Int();
            reader.Floats(MemoryMarshal.Cast<int, float>(counts.AsSpan()));
            histogram.Include(day, counts);
        }
    }
}
