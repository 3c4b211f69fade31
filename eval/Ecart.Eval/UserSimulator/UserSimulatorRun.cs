using Ecart.Domains.UserBehavior;
using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Eval.UserSimulator;

/// <summary>Feeds the simulated company to the engine, every event scored before it is learned, and counts what it says.</summary>
internal static class UserSimulatorRun
{
    public static UserSimulatorFigures Run(UserBehaviorSimulatorOptions options, Action<double> progress)
    {
        var engine = new UserBehaviorEngine(new UserBehaviorOptions());
        var verdict = new Verdict(UserBehaviorLayout.Dimension);
        var figures = new UserSimulatorFigures(options);
        DateTime measuredFrom = options.Start.AddDays(options.QuietDays);
        long seq = 0;
        foreach (SimulatedAction simulated in new UserBehaviorSimulator(options).Generate())
        {
            engine.Score(simulated.Event, verdict);
            if (simulated.Event.OccurredAt >= measuredFrom && !verdict.IsLate) figures.Add(in simulated, verdict);
            var scored = new ScoredEvent(simulated.Event, verdict, 0, ++seq);
            engine.Learn(in scored);
            if (seq % 1000 == 0) progress((simulated.Event.OccurredAt - options.Start) / TimeSpan.FromDays(options.Days));
        }

        return figures;
    }
}
