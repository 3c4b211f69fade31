using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// What was announced lately. An anomaly lasts; it is told once, and again only when it becomes much stranger. For the first half of the quiet time
/// an announcement stands in full, then its claim falls to nothing.
/// </summary>
internal sealed class Announcements(TimeSeriesOptions options)
{
    /// <summary>What is this many times as strange is told again.</summary>
    private const double Stranger = 1.13;
    private const double FullShare = 0.5;
    private const int LeastQuietPoints = 30;
    /// <summary>A weaker one enters only when a stronger one has lost much of its claim, so few stand at a time.</summary>
    private const int Most = 16;
    private readonly double[] decades = new double[Most];
    private readonly long[] at = new long[Most];
    private int count;

    public static long Bytes => Most * (sizeof(double) + sizeof(long));

    /// <summary>Whether a point is to be told although others were before it.</summary>
    public bool IsNews(long point, double strangeness)
    {
        double quiet = Math.Clamp(options.QuietShare * point, LeastQuietPoints, options.MaximumQuietPoints);
        if (options.QuietShare == 0) return true;
        for (int i = 0; i < count; i++)
        {
            double age = (point - at[i]) / quiet;
            double claim = decades[i] * Math.Clamp((1 - age) / (1 - FullShare), 0, 1);
            if (strangeness <= claim * Stranger) return false;
        }

        return true;
    }

    /// <summary>A point was told. Weaker ones before it say no more than it does.</summary>
    public void Add(long point, double strangeness)
    {
        while (count > 0 && decades[count - 1] <= strangeness) count--;
        if (count == Most)
        {
            decades.AsSpan(1).CopyTo(decades);
            at.AsSpan(1).CopyTo(at);
            count--;
        }

        decades[count] = strangeness;
        at[count++] = point;
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Doubles(decades.AsSpan(0, count));
        for (int i = 0; i < count; i++) writer.Long(at[i]);
    }

    public void Read(ref ArtefactReader reader)
    {
        double[] strengths = reader.Doubles();
        if (strengths.Length > Most) throw new ArtefactException($"The artefact is damaged: {strengths.Length} announcements where at most {Most} are expected. Begin anew.");
        strengths.CopyTo(decades, 0);
        count = strengths.Length;
        for (int i = 0; i < count; i++) at[i] = reader.Long();
    }
}
