namespace Ecart.Eval.Simulator;

/// <summary>A detector's outcomes in a scenario, over all entities.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Detector">Name of the detector.</param>
/// <param name="FalseAlarms">Alarms in a thousand normal vectors.</param>
/// <param name="Detected">Share of attacks that were found.</param>
/// <param name="Delay">Vectors until they were.</param>
/// <param name="DelaySpread">Sample standard deviation of the delay from entity to entity.</param>
/// <param name="Recovery">Vectors until a genuine shift was learned; null where there is none.</param>
internal sealed record ScenarioFigures(
    string Scenario, string Detector, double FalseAlarms, double Detected, double Delay, double DelaySpread, double? Recovery)
{
    /// <summary>Means over entities.</summary>
    public static ScenarioFigures Of(string scenario, string detector, IReadOnlyList<ScenarioOutcome> outcomes)
    {
        double delay = outcomes.Average(outcome => outcome.MeanDelay);
        double squares = outcomes.Sum(outcome => (outcome.MeanDelay - delay) * (outcome.MeanDelay - delay));
        return new ScenarioFigures(
            scenario,
            detector,
            outcomes.Average(outcome => outcome.FalseAlarmsPerThousand),
            outcomes.Average(outcome => outcome.DetectedShare),
            delay,
            Math.Sqrt(squares / Math.Max(1, outcomes.Count - 1)),
            outcomes.All(outcome => outcome.Recovery is null) ? null : outcomes.Average(outcome => outcome.Recovery));
    }
}
