using Ecart.Detection;
using Ecart.Detection.Streaming.Entities;
using Ecart.Events;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions;

/// <summary>
/// What the streaming detectors of an account say of its transaction, and what they learn of it. How far out a score lies is told by the population's scores of the
/// days before. Not thread-safe: it belongs to an engine.
/// </summary>
internal sealed class TransactionStreams
{
    /// <summary>Position of the first detector's score in <see cref="Verdict.Statistics"/>.</summary>
    public const int FirstStatistic = 2;

    private readonly Watcher[] watchers;
    private readonly TransactionState state;
    private readonly RankOptions rank;
    private DomainEvent? pending;

    public TransactionStreams(TransactionOptions options, TransactionState state)
    {
        this.state = state;
        rank = options.Rank;
        watchers = [.. options.StreamDetectors.Select((one, slot) => new Watcher(one, state.StreamSlots.Make(slot).Parts))];
    }

    /// <summary>The detectors of a configuration.</summary>
    public static StreamSlots SlotsOf(TransactionOptions options) =>
        new(options.StreamDetectors.Select(one => (one, TransactionStreamFields.Of(one), DimensionOf(one))));

    /// <summary>Numbers that a detector looks at.</summary>
    public static int DimensionOf(StreamDetectorOptions options) =>
        options.Fields is [StreamDetectorOptions.Layout] ? TransactionLayout.Dimension : TransactionStreamFields.Of(options).Count;

    /// <summary>What the state of a detector is stored under.</summary>
    public static string StateNameOf(StreamDetectorOptions options) => options.StateName(TransactionStreamFields.Of(options), DimensionOf(options));

    /// <summary>Fills the statistics and adds the evidence of those that find the event strange. Changes nothing that is remembered.</summary>
    /// <returns>Evidence for the rank, 0 to 1, as in <see cref="ModelEvidence.Evaluate"/>.</returns>
    public double Evaluate(in TransactionContext context, AccountState? account, Verdict verdict)
    {
        double most = 0;
        pending = context.Event;
        for (int slot = 0; slot < watchers.Length; slot++)
        {
            Watcher watcher = watchers[slot];
            watcher.Look(in context);
            if (account?.Streams[slot] is not { } stream) continue;
            double score = verdict.Statistics[FirstStatistic + slot] = stream.Score(context.Event.OccurredAt, watcher.Values);
            if (double.IsNaN(score)) continue;
            double tail = state.StreamScores[slot].UpperTail(context.Day, score);
            most = Math.Max(most, watcher.Options.RankWeight * rank.EvidenceOf(Math.Min(1, tail * watchers.Length), rank.TailProbability));
            if (tail <= watcher.Options.TailProbability) verdict.Add(watcher.Tell(context.Event.OccurredAt, stream, score, tail));
        }

        return most;
    }

    /// <summary>Takes the event that was evaluated last into what is normal for its account.</summary>
    /// <exception cref="InvalidOperationException">Another event was evaluated last.</exception>
    public void Learn(DomainEvent learned, AccountState account)
    {
        if (watchers.Length == 0) return;
        if (!ReferenceEquals(learned, pending)) throw new InvalidOperationException($"Event {learned.EventUid} is learned, but was not the last one scored.");
        for (int slot = 0; slot < watchers.Length; slot++) account.Streams.Learn(slot, learned.OccurredAt, watchers[slot].Values);
    }

    /// <summary>What one detector looks at, of the event evaluated last.</summary>
    private sealed class Watcher
    {
        private readonly RuleValue<TransactionContext, double>[]? readers;
        private readonly bool isSeries;
        private readonly double[] parts;
        private readonly DrivingFeatures features;

        public Watcher(StreamDetectorOptions options, int partCount)
        {
            Options = options;
            IReadOnlyList<string> fields = options.Fields is [StreamDetectorOptions.Layout] ? TransactionLayout.FeatureNames : TransactionStreamFields.Of(options);
            readers = options.Fields is [StreamDetectorOptions.Layout] ? null : [.. fields.Select(TransactionStreamFields.Reader)];
            isSeries = EntityStreams.IsSeries(options.Kind);
            Values = new float[fields.Count];
            parts = new double[partCount];
            features = new DrivingFeatures(EntityStreams.PartNames(options.Kind, fields));
        }

        public StreamDetectorOptions Options { get; }

        public float[] Values { get; }

        public void Look(in TransactionContext context)
        {
            if (readers is null)
            {
                context.Layout.CopyTo(Values);
                return;
            }

            for (int i = 0; i < readers.Length; i++)
            {
                var value = (float)readers[i](in context);
                Values[i] = float.IsNaN(value) && !isSeries ? 0 : value;
            }
        }

        public Evidence Tell(DateTime time, EntityStream stream, double score, double tail)
        {
            stream.Explain(time, Values, parts);
            return new(Options.Code, Options.Contribution(tail), score, double.NaN, double.NaN, tail, features.Name(parts));
        }
    }
}
