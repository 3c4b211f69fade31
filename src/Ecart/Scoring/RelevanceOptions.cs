namespace Ecart.Scoring;

/// <summary>
/// A second condition for an alert: the chance that people confirm one of such evidence, as learned from what they decided. A logistic model over the
/// contributions of the detectors and the log-odds of the rank score. It only ever takes alerts away.
/// </summary>
public sealed record RelevanceOptions
{
    /// <summary>Furthest that a rank score is taken to be from 0 and from 1: its log-odds stay finite.</summary>
    private const double RankMargin = 1e-4;

    /// <summary>Log-odds without any evidence. −100 to 100.</summary>
    public double Intercept { get; init; }

    /// <summary>Weight of the rank score's log-odds. −100 to 100.</summary>
    public double Rank { get; init; }

    /// <summary>Weights of the detectors' contributions, by their codes; others count nothing. −1000 to 1000.</summary>
    public IReadOnlyList<EvidenceWeight> Weights { get; init; } = [];

    /// <summary>The least chance of an alert, 0 to 1. Default 0: no condition.</summary>
    public double Least { get; init; }

    /// <summary>Log-odds of a rank score, within bounds.</summary>
    public static double LogOdds(double rank)
    {
        double within = double.IsNaN(rank) ? 0.5 : Math.Clamp(rank, RankMargin, 1 - RankMargin);
        return Math.Log(within / (1 - within));
    }

    /// <summary>The weight of a code.</summary>
    public double WeightOf(string code) => EvidenceWeight.Of(Weights, code, 0);

    /// <summary>The chance of a verdict that has its evidence and rank.</summary>
    public double Of(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        double sum = 0;
        foreach (ref readonly Evidence evidence in verdict.Evidence) sum += WeightOf(evidence.Code) * evidence.Contribution;
        return Of(sum, verdict.RankScore);
    }

    /// <summary>The chance, of the weighted sum of contributions and the rank score.</summary>
    internal double Of(double weighted, double rank) => 1 / (1 + Math.Exp(-(Intercept + (Rank * LogOdds(rank)) + weighted)));

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Intercept, -100, 100, path + ".intercept");
        OptionsException.RequireRange(Rank, -100, 100, path + ".rank");
        EvidenceWeight.Validate(Weights, -1000, 1000, path + ".weights");
        OptionsException.RequireRange(Least, 0, 1, path + ".least");
    }
}
