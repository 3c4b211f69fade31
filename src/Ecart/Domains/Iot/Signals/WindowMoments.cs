using Ecart.Profiles;

namespace Ecart.Domains.Iot.Signals;

/// <summary>Exponentially weighted moments of a sequence: what is older counts less, by 1 − 2/(length + 1) a step. Begins as if all had been like the first.</summary>
internal struct WindowMoments
{
    /// <summary>Mean.</summary>
    public double Mean;

    /// <summary>Mean square.</summary>
    public double Square;

    /// <summary>Mean of age times value, ages in steps.</summary>
    public double Aged;

    /// <summary>Mean size of a change.</summary>
    public double Roughness;

    /// <summary>Standard deviation.</summary>
    public readonly double Deviation => Math.Sqrt(Math.Max(0, Square - (Mean * Mean)));

    /// <summary>Change over the length of the window by the weighted regression on time.</summary>
    public readonly double Slope(int length)
    {
        double rate = RateOf(length);
        double age = (1 - rate) / rate;
        double variance = age / rate;
        return variance == 0 ? 0 : -(Aged - (age * Mean)) / variance * length;
    }

    /// <summary>Takes a value in.</summary>
    public void Add(double value, double change, int length, long before)
    {
        double rate = RateOf(length);
        double rest = 1 - rate;
        if (before == 0)
        {
            Mean = value;
            Square = value * value;
            Aged = value * rest / rate;
            Roughness = change;
            return;
        }

        Aged = rest * (Aged + Mean);
        Mean = (rest * Mean) + (rate * value);
        Square = (rest * Square) + (rate * value * value);
        // The first has no change: the second's is the first known.
        Roughness = before == 1 ? change : (rest * Roughness) + (rate * change);
    }

    public readonly void Write(StateWriter writer)
    {
        writer.Double(Mean);
        writer.Double(Square);
        writer.Double(Aged);
        writer.Double(Roughness);
    }

    public static WindowMoments Read(ref StateReader reader) => new()
    {
        Mean = reader.Double(),
        Square = reader.Double(),
        Aged = reader.Double(),
        Roughness = reader.Double(),
    };

    private static double RateOf(int length) => 2.0 / (length + 1);
}
