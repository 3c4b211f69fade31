using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>What a known threat adds, by its severity.</summary>
public sealed record SignatureOptions
{
    /// <summary>Default 0.3.</summary>
    public double Low { get; init; } = 0.3;

    /// <summary>Default 0.5.</summary>
    public double Medium { get; init; } = 0.5;

    /// <summary>Default 0.7.</summary>
    public double High { get; init; } = 0.7;

    /// <summary>Default 0.9.</summary>
    public double Critical { get; init; } = 0.9;

    /// <summary>Signatures above which an index takes the place of a scan; it finds the same. Default 200, 0 to 1,000,000.</summary>
    public int IndexAbove { get; init; } = 200;

    /// <summary>The contribution of a severity; 0 for none.</summary>
    public double Contribution(Severity severity) => severity switch
    {
        Severity.Low => Low,
        Severity.Medium => Medium,
        Severity.High => High,
        Severity.Critical => Critical,
        _ => 0,
    };

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Low, 0, 1, path + ".low");
        OptionsException.RequireRange(Medium, 0, 1, path + ".medium");
        OptionsException.RequireRange(High, 0, 1, path + ".high");
        OptionsException.RequireRange(Critical, 0, 1, path + ".critical");
        OptionsException.RequireRange(IndexAbove, 0, 1_000_000, path + ".index_above");
    }
}
