using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>A field's value against the entity's own mean, in standard deviations.</summary>
public sealed record DeclaredDeviationOptions
{
    /// <summary>A field of numbers of the event. Required.</summary>
    public string Field { get; init; } = "";

    /// <summary>Whether the logarithm ln(1 + x) is compared, for fields of 0 and more that span magnitudes. Default false.</summary>
    public bool Logarithm { get; init; }

    /// <summary>Which deviations count. Default both.</summary>
    public DeclaredSide Side { get; init; }

    /// <summary>A standard deviation is at least this, in the field's unit (or its logarithm's). Default 0: what the profile's floors say.</summary>
    public double LeastDeviation { get; init; }

    /// <summary>Standard deviations from which it counts, 0 to 100. Default 3.</summary>
    public double ZThreshold { get; init; } = 3;

    /// <summary>Standard deviations beyond the threshold that would add 1, above 0. Default 3.</summary>
    public double Scale { get; init; } = 3;

    /// <summary>The most it adds, 0 to 1. Default 0.5; 0 for the rank alone.</summary>
    public double Maximum { get; init; } = 0.5;

    /// <summary>How far out a deviation is on the side that counts, in standard deviations; NaN when unknown.</summary>
    internal double Strength(double z) => Side switch
    {
        DeclaredSide.Above => z,
        DeclaredSide.Below => -z,
        _ => Math.Abs(z),
    };

    /// <summary>What such a strength adds; 0 for none.</summary>
    internal double Contribution(double strength) => strength > ZThreshold ? Math.Min((strength - ZThreshold) / Scale, Maximum) : 0;

    private StandardScoreOptions Score => new() { ZThreshold = ZThreshold, Scale = Scale, Maximum = Maximum };

    internal void Validate(string path)
    {
        OptionsException.RequireRange(LeastDeviation, 0, 1e15, path + ".least_deviation");
        Score.Validate(path);
    }
}
