namespace Ecart.Eval.IotSimulator;

/// <summary>The last line of a run's output, as JSON. A figure is null where nothing was measured.</summary>
/// <param name="Eval">The evaluation.</param>
/// <param name="Seed">Seed of the fleet.</param>
/// <param name="Lead">Median share of the life that was left at the announcement; the aim is half of it.</param>
/// <param name="Coverage">Share of announcements whose interval held the truth; the aim is 0.8 to 0.95.</param>
/// <param name="FalseWeeks">Share of the weeks of healthy devices with a prediction; the aim is below 0.02.</param>
/// <param name="Announced">Share of failures that were announced.</param>
/// <param name="CoverageLater">Coverage half way from the announcement to the failure.</param>
/// <param name="Runs">Failures.</param>
/// <param name="HealthyWeeks">Weeks of healthy devices.</param>
/// <param name="HealthyAlertsPerWeek">Flagged measurements in one of them.</param>
/// <param name="FaultsFound">Share of the faults of sensors that were told by their names.</param>
internal sealed record IotSimulatorResult(
    string Eval,
    ulong Seed,
    double? Lead,
    double? Coverage,
    double? FalseWeeks,
    double? Announced,
    double? CoverageLater,
    int Runs,
    int HealthyWeeks,
    double? HealthyAlertsPerWeek,
    double? FaultsFound)
{
    private const int Decimals = 6;

    public static IotSimulatorResult Of(ulong seed, IotSimulatorFigures figures)
    {
        int faults = figures.Faults.Sum(fault => fault.Devices);
        return new(
            IotSimulatorEvaluation.Name,
            seed,
            Defined(figures.MedianLead),
            Defined(figures.Coverage),
            Defined(figures.FalseShare),
            Defined(IotSimulatorFigures.ShareOf(figures.Runs, run => run.IsAnnounced)),
            Defined(figures.LaterCoverage),
            figures.Runs.Count,
            figures.HealthyWeeks,
            Defined(figures.AlertsPerWeek),
            faults == 0 ? null : Math.Round(figures.Faults.Sum(fault => fault.Found) / (double)faults, Decimals));
    }

    private static double? Defined(double figure) => double.IsNaN(figure) ? null : Math.Round(figure, Decimals);
}
