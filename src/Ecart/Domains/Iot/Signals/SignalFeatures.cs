using Ecart.Profiles;

namespace Ecart.Domains.Iot.Signals;

/// <summary>
/// Exponentially weighted mean, deviation, slope and roughness of a signal's residuals over a short and a long window, in constant memory. Not thread-safe: its
/// signal's.
/// </summary>
internal struct SignalFeatures
{
    /// <summary>Residuals taken in.</summary>
    public long Count;

    /// <summary>The newest residual.</summary>
    public double Last;

    /// <summary>Over the newest measurements.</summary>
    public WindowMoments Short;

    /// <summary>Over many.</summary>
    public WindowMoments Long;

    /// <summary>What they would be after one more residual.</summary>
    /// <param name="residual">In standard deviations.</param>
    /// <param name="change">Size of the change, in usual changes; 0 for the first.</param>
    /// <param name="options">Lengths of the windows.</param>
    public readonly SignalFeatures With(double residual, double change, SignalWindowOptions options)
    {
        SignalFeatures next = this;
        next.Short.Add(residual, change, options.ShortMeasurements, Count);
        next.Long.Add(residual, change, options.LongMeasurements, Count);
        next.Last = residual;
        next.Count++;
        return next;
    }

    public readonly void Write(StateWriter writer)
    {
        writer.Long(Count);
        writer.Double(Last);
        Short.Write(writer);
        Long.Write(writer);
    }

    public static SignalFeatures Read(ref StateReader reader) => new()
    {
        Count = reader.Long(),
        Last = reader.Double(),
        Short = WindowMoments.Read(ref reader),
        Long = WindowMoments.Read(ref reader),
    };
}
