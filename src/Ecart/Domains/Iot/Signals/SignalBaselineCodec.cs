using Ecart.Profiles;

namespace Ecart.Domains.Iot.Signals;

/// <summary>Baselines and distance profiles as bytes, in states.</summary>
internal static class SignalBaselineCodec
{
    public static void Write(SignalBaseline? baseline, StateWriter writer)
    {
        writer.Int(baseline is null ? 0 : 1);
        if (baseline is null) return;
        writer.Double(baseline.Centre);
        writer.Double(baseline.Spread);
        writer.Double(baseline.Scale);
        writer.Double(baseline.Change);
        writer.Long(baseline.Count);
        writer.Double(baseline.Minimum);
        writer.Double(baseline.Maximum);
        writer.Double(baseline.Mean);
        writer.Double(baseline.Deviation);
        writer.Int(baseline.HourEffects is null ? 0 : 1);
        foreach (double effect in baseline.HourEffects ?? []) writer.Double(effect);
    }

    public static SignalBaseline? ReadBaseline(ref StateReader reader) => reader.Int() == 0 ? null : new SignalBaseline
    {
        Centre = reader.Double(),
        Spread = reader.Double(),
        Scale = reader.Double(),
        Change = reader.Double(),
        Count = reader.Long(),
        Minimum = reader.Double(),
        Maximum = reader.Double(),
        Mean = reader.Double(),
        Deviation = reader.Double(),
        HourEffects = reader.Int() == 0 ? null : ReadHours(ref reader),
    };

    public static void Write(DistanceProfile? profile, StateWriter writer)
    {
        writer.Int(profile is null ? 0 : 1);
        if (profile is null) return;
        writer.Floats(profile.Centroid);
        writer.Long(profile.Count);
        writer.Double(profile.Mean);
        writer.Double(profile.Deviation);
        writer.Double(profile.Warning);
        writer.Double(profile.Critical);
        writer.Double(profile.Largest);
    }

    public static DistanceProfile? ReadProfile(ref StateReader reader)
    {
        if (reader.Int() == 0) return null;
        var centroid = new float[IotLayout.Dimension];
        reader.Floats(centroid);
        return new DistanceProfile
        {
            Centroid = centroid,
            Count = reader.Long(),
            Mean = reader.Double(),
            Deviation = reader.Double(),
            Warning = reader.Double(),
            Critical = reader.Double(),
            Largest = reader.Double(),
        };
    }

    private static double[] ReadHours(ref StateReader reader)
    {
        var hours = new double[SignalBaseline.Hours];
        for (int hour = 0; hour < hours.Length; hour++) hours[hour] = reader.Double();
        return hours;
    }
}
