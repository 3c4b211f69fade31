using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>Windows of the embedding, in measurements, because signals are sampled from many times a second to once a day.</summary>
public sealed record SignalWindowOptions
{
    /// <summary>The newest measurements. Default 12, 2 to 10,000.</summary>
    public int ShortMeasurements { get; init; } = 12;

    /// <summary>Many. Default 144, above the short one, to 1,000,000.</summary>
    public int LongMeasurements { get; init; } = 144;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(ShortMeasurements, 2, 10_000, path + ".short_measurements");
        OptionsException.Require(
            LongMeasurements > ShortMeasurements && LongMeasurements <= 1_000_000,
            path + ".long_measurements",
            LongMeasurements,
            "above short_measurements, at most 1000000");
    }
}
