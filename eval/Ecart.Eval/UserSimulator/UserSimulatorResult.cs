namespace Ecart.Eval.UserSimulator;

/// <summary>The last line of a run's output, as JSON. A metric is null where there is no threat.</summary>
internal sealed record UserSimulatorResult(
    string Eval, ulong Seed, double? Auc, double? Ap, double? IncidentsFound, double FalseAlarmDaysPerThousand, int Events, int Threats)
{
    private const int Decimals = 6;

    public static UserSimulatorResult Of(ulong seed, UserSimulatorFigures figures)
    {
        int incidents = figures.ByKind.Sum(kind => kind.Incidents);
        return new(
            UserSimulatorEvaluation.Name,
            seed,
            Defined(figures.Auc),
            Defined(figures.AveragePrecision),
            incidents == 0 ? null : Math.Round(figures.ByKind.Sum(kind => kind.Found) / (double)incidents, Decimals),
            Math.Round(figures.FalseAlarmDaysPerThousand, Decimals),
            figures.Events,
            figures.Threats);
    }

    private static double? Defined(double metric) => double.IsNaN(metric) ? null : Math.Round(metric, Decimals);
}
