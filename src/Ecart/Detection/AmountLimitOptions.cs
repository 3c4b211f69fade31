using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>A fixed limit of an amount.</summary>
public sealed record AmountLimitOptions
{
    /// <summary>Amount in the domain's currency above which it counts.</summary>
    public double Threshold { get; init; }

    /// <summary>What it adds, 0 to 1.</summary>
    public double Contribution { get; init; }

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Threshold, 0, 1e13, path + ".threshold");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
