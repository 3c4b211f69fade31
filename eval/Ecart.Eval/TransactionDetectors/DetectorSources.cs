using Ecart.Domains.Transactions;
using Ecart.Eval.FraudHandbook;
using Ecart.Eval.Running;
using Ecart.Events;
using Ecart.Simulation;
using Ecart.Streaming.Files;
using Ecart.Streaming.Sources;

namespace Ecart.Eval.TransactionDetectors;

/// <summary>Where events with known fraud come from: the handbook's files and the product's own simulator.</summary>
internal sealed class DetectorSources(IReadOnlyList<string> trained, IReadOnlyList<string> streams)
{
    /// <summary>Days before a period that detectors are trained on.</summary>
    private const int TrainingDays = 14;
    private const int WeekDays = 7;
    private static readonly TransactionSimulatorOptions World = new() { Accounts = 3000, Merchants = 1500, Days = 75, QuietDays = 20 };

    /// <summary>The handbook's weeks.</summary>
    /// <param name="paths">Its files, in order of their months.</param>
    /// <param name="weeks">Ascending, each later than the one before.</param>
    /// <param name="isFeedback">Whether labels come, 7 days late.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    public List<PeriodFigures> Handbook(IReadOnlyList<string> paths, IReadOnlyList<DayRange> weeks, bool isFeedback, Action<double> progress)
    {
        (RecordReader reader, TruthRecorder truth) = FraudHandbookFiles.Open(paths, TimeProvider.System);
        var labels = new ReplayLabels(isFeedback, TimeSpan.FromDays(FraudHandbookSplit.LabelDelayDays), ApplyRest: false);
        using var source = new FileReplaySource(paths, reader, labels);
        var periods = new Periods(isFeedback ? "handbook with labels" : "handbook", weeks, trained, streams);
        var engines = new DetectorEngines(streams);
        for (long items = 0; !periods.AreOver && source.TryRead(out ReplayItem item); items++)
        {
            if (item.Label is { } label) engines.Apply(label);
            else if (item.Event is TransactionEvent transaction) periods.Add(engines.Take(transaction, truth.ScenarioOf(transaction.EventUid), isFeedback));
            if (items % 4096 == 0) progress(source.Progress);
        }

        if (source.Failure is { } fault) throw new EvaluationException(fault, EvaluationProgram.Failed);
        return periods.End();
    }

    /// <summary>Simulated weeks, without labels.</summary>
    public List<PeriodFigures> Simulated(ulong seed)
    {
        TransactionSimulatorOptions world = World with { Seed = seed };
        var first = DateOnly.FromDateTime(world.Start.AddDays(world.QuietDays + WeekDays));
        DayRange[] weeks = [.. Enumerable.Range(0, (world.Days - world.QuietDays - WeekDays) / WeekDays).Select(week => new DayRange(first, first.AddDays(WeekDays - 1)).Move(WeekDays * week))];
        // The first weeks of fraud teach what follows.
        var periods = new Periods($"simulator {seed}", [.. weeks.Skip(2).Where((_, i) => i % 2 == 0)], trained, streams);
        var engines = new DetectorEngines(streams);
        foreach (SimulatedTransaction simulated in new TransactionSimulator(world).Generate())
        {
            if (periods.AreOver) break;
            periods.Add(engines.Take(simulated.Event, simulated.IsFraud ? simulated.Truth.ToString() : null, isLabelled: false));
        }

        return periods.End();
    }

    /// <summary>Keeps the events that the next period needs, and measures each when it is over.</summary>
    private sealed class Periods(string source, IReadOnlyList<DayRange> weeks, IReadOnlyList<string> trained, IReadOnlyList<string> streams)
    {
        private readonly List<PeriodFigures> figures = [];
        private List<RankedEvent> events = [];
        private int next;

        public bool AreOver => next == weeks.Count;

        public void Add(RankedEvent ranked)
        {
            while (!AreOver && ranked.Transaction.Day > weeks[next].Last) Measure();
            if (!AreOver && ranked.Transaction.Day >= weeks[next].First.AddDays(-TrainingDays)) events.Add(ranked);
        }

        public List<PeriodFigures> End()
        {
            while (!AreOver) Measure();
            return figures;
        }

        private void Measure()
        {
            DayRange week = weeks[next++];
            RankedEvent[] kept = [.. events.Where(one => one.Transaction.Day <= week.Last)];
            if (kept.Any(one => week.Contains(one.Transaction.Day)) && kept.Any(one => one.IsNormal && one.Transaction.Day < week.First))
                figures.AddRange(PeriodFigures.Of(source, FraudHandbookSplit.Of(null, week), kept, trained, streams));
            if (!AreOver) events = [.. events.Where(one => one.Transaction.Day >= weeks[next].First.AddDays(-TrainingDays))];
        }
    }
}
