using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.Calibration;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;

namespace Ecart.App.Calibration;

/// <summary>
/// What other settings of any kind would have made of stored events: history is scored anew by two engines, one by the settings in force and one by the others, each
/// with its own profiles, and labels reach both when they became known. One use.
/// </summary>
internal sealed class SettingsBackTest
{
    /// <summary>Days before those looked at, from which profiles form.</summary>
    public const int WarmUpDays = 30;

    private readonly OpenStore store;
    private readonly IDomainEngine[] engines;
    private readonly PriorityQueue<(ScoredEvent[] Scored, bool IsFraud), DateTime> waiting = new();
    private readonly BackTest test;
    private long seq;

    /// <summary>Makes one.</summary>
    /// <param name="store">The store, opened for the domain.</param>
    /// <param name="candidate">The other settings.</param>
    public SettingsBackTest(OpenStore store, IDomainSettings candidate)
    {
        this.store = store;
        engines = [store.MakeEngine(), candidate.MakeEngine(store.ConfigurationVersion, store.Patterns, store.Models)];
        test = new BackTest(SeveritySettings.Of(store.Settings), SeveritySettings.Of(candidate));
    }

    /// <summary>Runs it.</summary>
    /// <param name="days">Days looked at, that end with the newest event.</param>
    /// <param name="read">Told how many events were scored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BackTest> RunAsync(int days, IProgress<long> read, CancellationToken cancellationToken)
    {
        var history = new LabelledHistory(store.ConnectionString, store.Domain.MakeTable);
        if (await history.FindNewestAsync(cancellationToken).ConfigureAwait(false) is not { } newest) return test;
        DateTime from = newest.Date.AddDays(1 - days);
        long events = 0;
        await foreach (HistoryEvent stored in history.ReadAsync(from.AddDays(-WarmUpDays), cancellationToken).ConfigureAwait(false))
        {
            Listen(stored.Event.OccurredAt);
            ScoredEvent[] scored = [.. engines.Select(engine => Score(engine, stored))];
            seq++;
            if (stored.Label is { } isFraud && stored.KnownAt is { } at) waiting.Enqueue((scored, isFraud), at);
            if (stored.Event.OccurredAt >= from) test.Add(EventOf(stored, scored[0].Verdict), AlertOf(scored[0].Verdict), AlertOf(scored[1].Verdict));
            if (++events % 1000 == 0) read.Report(events);
        }

        return test;
    }

    private ScoredEvent Score(IDomainEngine engine, HistoryEvent stored)
    {
        var verdict = new Verdict(engine.Dimension);
        engine.Score(stored.Event, verdict);
        var scored = new ScoredEvent(stored.Event, verdict, 0, seq + 1);
        engine.Learn(in scored);
        return scored;
    }

    private void Listen(DateTime until)
    {
        while (waiting.TryPeek(out (ScoredEvent[] Scored, bool IsFraud) next, out DateTime at) && at <= until)
        {
            waiting.Dequeue();
            seq++;
            for (int i = 0; i < engines.Length; i++) engines[i].ApplyLabel(in next.Scored[i], next.IsFraud, null, seq);
        }
    }

    private static Severity AlertOf(Verdict verdict) => !verdict.RaisesAlert || verdict.IsLate ? Severity.None : verdict.Severity == Severity.None ? Severity.Low : verdict.Severity;

    private static CalibrationEvent EventOf(HistoryEvent stored, Verdict verdict) => new(
        stored.Event.OccurredAt, stored.Event.PrimaryEntityId, verdict.RankScore, [], verdict.RaisesAlert, stored.Label)
    { EventUid = stored.Event.EventUid };
}
