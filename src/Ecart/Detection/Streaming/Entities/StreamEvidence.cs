using Ecart.Events;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming.Entities;

/// <summary>
/// What the streaming detectors of an entity say of its event, and what they learn of it. Not thread-safe: it belongs to an engine.
/// </summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
internal sealed class StreamEvidence<TContext>
    where TContext : allows ref struct
{
    private readonly Watcher[] watchers;
    private readonly StreamPopulations populations;
    private readonly TailWorth worth;
    private DomainEvent? pending;

    /// <param name="detectors">Those that the configuration names.</param>
    /// <param name="fields">What they can look at.</param>
    /// <param name="populations">Made of the same detectors.</param>
    /// <param name="worth">What their tails count for the rank.</param>
    public StreamEvidence(IReadOnlyList<StreamDetectorOptions> detectors, StreamFields<TContext> fields, StreamPopulations populations, TailWorth worth)
    {
        this.populations = populations;
        this.worth = worth;
        watchers = [.. detectors.Select((one, slot) => new Watcher(one, fields, populations.Slots.Make(slot).Parts))];
    }

    /// <summary>Fills the statistics and adds the evidence of those that find the event strange. Changes nothing that is remembered.</summary>
    /// <param name="context">What is known of the event.</param>
    /// <param name="scored">The event.</param>
    /// <param name="day">Day number of its time.</param>
    /// <param name="streams">The entity's detectors; null for a new one.</param>
    /// <param name="verdict">Receives scores and evidence.</param>
    /// <returns>Evidence for the rank, 0 to 1, as in <see cref="ModelEvidence.Evaluate"/>.</returns>
    public double Evaluate(in TContext context, DomainEvent scored, int day, EntityStreamSet? streams, Verdict verdict)
    {
        double most = 0;
        pending = scored;
        for (int slot = 0; slot < watchers.Length; slot++)
        {
            Watcher watcher = watchers[slot];
            watcher.Look(in context);
            if (streams?[slot] is not { } stream) continue;
            double score = populations.StatisticOf(verdict, slot) = stream.Score(scored.OccurredAt, watcher.Values);
            if (double.IsNaN(score)) continue;
            double tail = populations[slot].UpperTail(day, score);
            most = Math.Max(most, watcher.Options.RankWeight * worth.Of(Math.Min(1, tail * watchers.Length)));
            if (tail <= watcher.Options.TailProbability) verdict.Add(watcher.Tell(scored.OccurredAt, stream, score, tail));
        }

        return most;
    }

    /// <summary>Takes the event that was evaluated last into what is normal for its entity.</summary>
    /// <exception cref="InvalidOperationException">Another event was evaluated last.</exception>
    public void Learn(DomainEvent learned, EntityStreamSet streams)
    {
        if (watchers.Length == 0) return;
        if (!ReferenceEquals(learned, pending)) throw new InvalidOperationException($"Event {learned.EventUid} is learned, but was not the last one scored.");
        for (int slot = 0; slot < watchers.Length; slot++) streams.Learn(slot, learned.OccurredAt, watchers[slot].Values);
    }

    /// <summary>What one detector looks at, of the event evaluated last.</summary>
    private sealed class Watcher
    {
        private readonly RuleValue<TContext, double>[]? readers;
        private readonly LayoutVector<TContext> layout;
        private readonly bool isSeries;
        private readonly double[] parts;
        private readonly DrivingFeatures features;

        public Watcher(StreamDetectorOptions options, StreamFields<TContext> fields, int partCount)
        {
            Options = options;
            layout = fields.Layout;
            IReadOnlyList<string> names = fields.NumberNames(options);
            readers = StreamFields<TContext>.IsLayout(options) ? null : [.. names.Select(fields.Reader)];
            isSeries = EntityStreams.IsSeries(options.Kind);
            Values = new float[names.Count];
            parts = new double[partCount];
            features = new DrivingFeatures(EntityStreams.PartNames(options.Kind, names));
        }

        public StreamDetectorOptions Options { get; }

        public float[] Values { get; }

        public void Look(in TContext context)
        {
            if (readers is null)
            {
                layout(in context).CopyTo(Values);
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
