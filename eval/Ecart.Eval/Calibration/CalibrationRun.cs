using Ecart.Calibration;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.Eval.Calibration;

/// <summary>
/// A month of decisions, a proposal by the product's own code from these decisions alone, and the month that follows lived twice: by the thresholds as they were,
/// and by those proposed.
/// </summary>
internal static class CalibrationRun
{
    public static CalibrationFigures Run(SimulatedMonths months, ulong seed, CalibrationTarget target, Action<double> progress)
    {
        var present = new SeverityOptions();
        var asItWas = new CalibrationWorld(months.MakeEngine(present), new SimulatedAnalysts(seed));
        CalibrationWorld? calibrated = null;
        CalibrationProposal? proposal = null;
        long taken = 0;
        foreach ((DomainEvent domainEvent, bool isThreat) in months.Events)
        {
            if (calibrated is null && domainEvent.OccurredAt >= months.Following)
            {
                asItWas.Listen(months.Following);
                proposal = new CalibrationProposer().Propose(present, asItWas.AsStored(months.Decided), target, days: SimulatedMonths.Days);
                calibrated = asItWas.ContinueBy(months.MakeEngine(proposal.Severity ?? present));
                asItWas.ForgetLog();
            }

            asItWas.Take(domainEvent, isThreat);
            calibrated?.Take(domainEvent, isThreat);
            if (calibrated is not null)
            {
                asItWas.ForgetLog();
                calibrated.ForgetLog();
            }

            if (++taken % 1000 == 0) progress((domainEvent.OccurredAt - months.Start) / TimeSpan.FromDays(SimulatedMonths.AllDays));
        }

        (int trueBefore, int falseBefore) = Count(asItWas, months.Following);
        (int trueAfter, int falseAfter) = Count(calibrated!, months.Following);
        return new CalibrationFigures(months.Domain, seed, proposal!, trueBefore, falseBefore, trueAfter, falseAfter);
    }

    private static (int True, int False) Count(CalibrationWorld world, DateTime from)
    {
        (int right, int wrong) = (0, 0);
        foreach ((ScoredEvent scored, bool isThreat, _) in world.Alerts)
        {
            if (scored.Event.OccurredAt < from) continue;
            if (isThreat) right++;
            else wrong++;
        }

        return (right, wrong);
    }
}
