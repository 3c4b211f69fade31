using Ecart.Profiles;

namespace Ecart.Domains.Declared;

/// <summary>A number of the event that profiles keep the moments of.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Field">Its index.</param>
/// <param name="Logarithm">Whether ln(1 + x) is kept.</param>
/// <param name="LeastDeviation">A standard deviation is at least this.</param>
internal readonly record struct DeclaredMeasure(string Name, int Field, bool Logarithm, double LeastDeviation)
{
    /// <summary>The value of an event; NaN when unknown.</summary>
    public double Of(DeclaredEvent declared)
    {
        double value = declared.Numbers[Field];
        return Logarithm ? Math.Log(1 + Math.Max(0, value)) : value;
    }

    /// <summary>The entity's standard deviation, floored.</summary>
    public double Sigma(ProfileOptions options, in Moments moments) => Math.Max(LeastDeviation, options.FloorSigma(moments.SampleDeviation, moments.Mean));

    /// <summary>Standard deviations of an event from the entity's mean; NaN when unknown.</summary>
    public double Deviation(DeclaredEvent declared, ProfileOptions options, in Moments moments) =>
        moments.Count >= options.MinimumObservations ? (Of(declared) - moments.Mean) / Sigma(options, in moments) : double.NaN;

    /// <summary>A value in the field's own unit.</summary>
    public double Undo(double value) => Logarithm ? Math.Exp(value) - 1 : value;
}
