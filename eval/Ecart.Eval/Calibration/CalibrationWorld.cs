using Ecart.Calibration;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.Eval.Calibration;

/// <summary>One engine with what people say of its alerts, in order of event time: every event is scored before it is learned.</summary>
internal sealed class CalibrationWorld(IDomainEngine engine, SimulatedAnalysts analysts)
{
    private readonly PriorityQueue<(ScoredEvent Scored, bool IsThreat), DateTime> waiting = new();
    private readonly Dictionary<string, (ScoredEvent Scored, bool IsThreat, bool? Decided)> alerts = new(StringComparer.Ordinal);
    private readonly List<(ScoredEvent Scored, bool? Label, long Seq)> log = [];
    private long seq;

    /// <summary>Alerts so far.</summary>
    public IEnumerable<(ScoredEvent Scored, bool IsThreat, bool? Decided)> Alerts => alerts.Values;

    /// <summary>Takes the next event.</summary>
    public void Take(DomainEvent domainEvent, bool isThreat)
    {
        Listen(domainEvent.OccurredAt);
        var verdict = new Verdict(engine.Dimension);
        engine.Score(domainEvent, verdict);
        var scored = new ScoredEvent(domainEvent, verdict, 0, ++seq);
        engine.Learn(in scored);
        log.Add((scored, null, seq));
        bool isAlert = verdict.RaisesAlert && !verdict.IsLate;
        if (isAlert) alerts[domainEvent.EventUid] = (scored, isThreat, null);
        if (analysts.Say(domainEvent.EventUid, isThreat, isAlert) is { } said) waiting.Enqueue((scored, said.IsThreat), domainEvent.OccurredAt + said.After);
    }

    /// <summary>Takes what people have said until a time.</summary>
    public void Listen(DateTime until)
    {
        while (waiting.TryPeek(out (ScoredEvent Scored, bool IsThreat) next, out DateTime at) && at <= until)
        {
            waiting.Dequeue();
            ScoredEvent scored = next.Scored;
            engine.ApplyLabel(in scored, next.IsThreat, null, ++seq);
            log.Add((scored, next.IsThreat, seq));
            if (alerts.TryGetValue(scored.Event.EventUid, out (ScoredEvent, bool IsThreat, bool?) alert)) alerts[scored.Event.EventUid] = (scored, alert.IsThreat, next.IsThreat);
        }
    }

    /// <summary>The same world by other thresholds from now on, as a service takes a new configuration over: what was stored is folded again.</summary>
    public CalibrationWorld ContinueBy(IDomainEngine other)
    {
        var world = new CalibrationWorld(other, analysts) { seq = seq };
        foreach ((ScoredEvent scored, bool? label, long at) in log)
        {
            if (label is { } isThreat) other.ApplyLabel(in scored, isThreat, null, at);
            else other.Refold(in scored);
        }

        foreach (((ScoredEvent, bool) said, DateTime at) in waiting.UnorderedItems) world.waiting.Enqueue(said, at);
        return world;
    }

    /// <summary>Forgets what <see cref="ContinueBy"/> needs.</summary>
    public void ForgetLog() => log.Clear();

    /// <summary>The alerts as the product's calibration sees them in the store.</summary>
    public IReadOnlyList<CalibrationEvent> AsStored(DateTime from) =>
    [
        .. alerts.Values.Where(alert => alert.Scored.Event.OccurredAt >= from).Select(alert => new CalibrationEvent(
            alert.Scored.Event.OccurredAt,
            alert.Scored.Event.PrimaryEntityId,
            alert.Scored.Verdict.RankScore,
            ContributionsOf(alert.Scored.Verdict),
            true,
            alert.Decided) { EventUid = alert.Scored.Event.EventUid }),
    ];

    private static Contribution[] ContributionsOf(Verdict verdict)
    {
        var contributions = new Contribution[verdict.Evidence.Length];
        for (int i = 0; i < contributions.Length; i++)
            contributions[i] = new Contribution(verdict.Evidence[i].Code, Math.Round(verdict.Evidence[i].Contribution, ScoreRule.Decimals, MidpointRounding.AwayFromZero));
        return contributions;
    }
}
