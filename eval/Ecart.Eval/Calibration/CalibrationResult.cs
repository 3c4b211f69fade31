namespace Ecart.Eval.Calibration;

/// <summary>The last line of the output, as JSON: shares of the following month's alerts that the proposal kept, means over all seeds and domains with their worst.</summary>
internal sealed record CalibrationResult(
    string Eval, int Runs, int Proposed, double FalseAlertsKept, double TrueAlertsKept, double FalseAlertsKeptMost, double TrueAlertsKeptLeast)
{
    private const int Decimals = 6;

    public static CalibrationResult Of(IReadOnlyList<CalibrationFigures> runs) => new(
        CalibrationEvaluation.Name,
        runs.Count,
        runs.Count(run => run.Proposal.Severity is not null),
        Math.Round(runs.Average(run => run.FalseKept), Decimals),
        Math.Round(runs.Average(run => run.TrueKept), Decimals),
        Math.Round(runs.Max(run => run.FalseKept), Decimals),
        Math.Round(runs.Min(run => run.TrueKept), Decimals));
}
