namespace Ecart.Scoring;

/// <summary>Score bands. A verdict is flagged at <see cref="Flag"/>.</summary>
public sealed record SeverityOptions
{
    /// <summary>Score from which an event is flagged, not below the lowest band in use. Default 0.5.</summary>
    public double Flag { get; init; } = 0.5;

    /// <summary>Score from which an event below the flag is of severity low. Default null: never.</summary>
    public double? Low { get; init; }

    /// <summary>Default 0.5.</summary>
    public double Medium { get; init; } = 0.5;

    /// <summary>Default 0.65.</summary>
    public double High { get; init; } = 0.65;

    /// <summary>Default 0.8.</summary>
    public double Critical { get; init; } = 0.8;

    /// <summary>How much of a detector's contributions counts in the score, 0 to 2; one that is not named counts in full. Default none.</summary>
    public IReadOnlyList<EvidenceWeight> Weights { get; init; } = [];

    /// <summary>What an alert needs beside the score, learned from what people decided. Default null: nothing.</summary>
    public RelevanceOptions? Relevance { get; init; }

    /// <summary>How much of a detector's contributions counts.</summary>
    public double WeightOf(string code) => EvidenceWeight.Of(Weights, code, 1);

    /// <summary>The severity of a score.</summary>
    public Severity Of(double score)
    {
        if (score >= Critical) return Severity.Critical;
        if (score >= High) return Severity.High;
        if (score >= Medium) return Severity.Medium;
        return score >= Low ? Severity.Low : Severity.None;
    }

    /// <summary>Checks every range.</summary>
    /// <param name="path">Name of the setting that it is.</param>
    /// <exception cref="OptionsException">A value is out of its range; the message names it.</exception>
    public void Validate(string path)
    {
        OptionsException.RequireRange(Medium, 0, 1, path + ".medium");
        OptionsException.RequireRange(High, Medium, 1, path + ".high");
        OptionsException.RequireRange(Critical, High, 1, path + ".critical");
        if (Low is { } low) OptionsException.RequireRange(low, 0, Medium, path + ".low");
        // An alert has a severity: a flag below every band would raise one without.
        OptionsException.RequireRange(Flag, Low ?? Medium, 1, path + ".flag");
        EvidenceWeight.Validate(Weights, 0, 2, path + ".weights");
        Relevance?.Validate(path + ".relevance");
    }
}
