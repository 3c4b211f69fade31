using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>One way in which a point can be strange, as a number on a scale of its own.</summary>
internal abstract class SeriesStatistic
{
    /// <summary>A difference below this share of what it is compared with is rounding.</summary>
    protected const double Rounding = 1e-9;

    /// <summary>Largest measure; more says no more.</summary>
    private const double Most = 1e200;

    private const double Least = 1e-300;

    /// <summary>How strange a point is beside what was learned: 0 and more, finite, 0 while too little is known. Changes nothing that is saved.</summary>
    public abstract double Measure(in SeriesPoint point);

    /// <summary>Points before in whose measures the newest points were: these measures are no independent past.</summary>
    public virtual int Overlap => 0;

    /// <summary>Takes a point in, before the shared history does.</summary>
    public virtual void Learn(in SeriesPoint point)
    {
    }

    /// <summary>Writes what it holds beyond the shared history.</summary>
    public virtual void Write(ArtefactWriter writer)
    {
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public virtual void Read(ref ArtefactReader reader)
    {
    }

    /// <summary>Bytes of its buffers.</summary>
    public virtual long Bytes => 0;

    /// <summary>A deviation in units of a scale that may be 0; 0 where it is mere rounding.</summary>
    protected static double Ratio(double deviation, double scale)
    {
        double ratio = Math.Min(deviation / Math.Max(scale, Least), Most);
        return ratio < Rounding ? 0 : ratio;
    }
}
