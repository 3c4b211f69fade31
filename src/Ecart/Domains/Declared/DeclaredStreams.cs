using Ecart.Detection;
using Ecart.Detection.Streaming.Entities;
using Ecart.Events;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>
/// What the streaming detectors of an entity say of its event, and what they learn of it. How far out a score lies is told by the population's scores of the days
/// before. Not thread-safe: it belongs to an engine.
/// </summary>
internal sealed class DeclaredStreams
{
    private readonly Watcher[] watchers;
    private readonly DeclaredState state;
    private readonly RankOptions rank;
    private DomainEvent? pending;

    public DeclaredStreams(DeclaredPlan plan, DeclaredState state)
    {
        this.state = state;
        rank = plan.Declaration.Rank;
        watchers = [.. plan.Declaration.StreamDetectors.Select((one, slot) => new Watcher(one, plan, state.Slots.Make(slot).Parts))];
    }

    /// <summary>The detectors of a declaration.</summary>
    public static StreamSlots SlotsOf(DomainDeclaration declaration) =>
        new(declaration.StreamDetectors.Select(one => (one, one.Fields, DimensionOf(one))));

    /// <summary>Numbers that a detector looks at.</summary>
    public static int DimensionOf(StreamDetectorOptions options) =>
        options.Fields is [StreamDetectorOptions.Layout] ? DeclaredLayout.Dimension : options.Fields.Count;

    /// <summary>Fills the statistics and adds the evidence of those that find the event strange. Changes nothing that is remembered.</summary>
    /// <param name="context">What is known.</param>
    /// <param name="source">The event as it is going to be learned.</param>
    /// <param name="entity">Null for a new one.</param>
    /// <param name="verdict">Receives both.</param>
    /// <returns>Evidence for the rank, 0 to 1, as in <see cref="ModelEvidence.Evaluate"/>.</returns>
    public double Evaluate(in DeclaredContext context, DomainEvent source, DeclaredEntityState? entity, Verdict verdict)
    {
        double most = 0;
        pending = source;
        for (int slot = 0; slot < watchers.Length; slot++)
        {
            Watcher watcher = watchers[slot];
            watcher.Look(in context);
            if (entity?.Streams[slot] is not { } stream) continue;
            double score = verdict.Statistics[DeclaredRanker.FirstStream + slot] = stream.Score(context.Event.OccurredAt, watcher.Values);
            if (double.IsNaN(score)) continue;
            double tail = state.StreamScores[slot].UpperTail(context.Day, score);
            most = Math.Max(most, watcher.Options.RankWeight * rank.EvidenceOf(Math.Min(1, tail * watchers.Length), rank.TailProbability));
            if (tail <= watcher.Options.TailProbability) verdict.Add(watcher.Tell(context.Event.OccurredAt, stream, score, tail));
        }

        return most;
    }

    /// <summary>Takes the event that was evaluated last into what is normal for its entity.</summary>
    /// <exception cref="InvalidOperationException">Another event was evaluated last.</exception>
    public void Learn(DomainEvent learned, DeclaredEntityState entity)
    {
        if (watchers.Length == 0) return;
        if (!ReferenceEquals(learned, pending)) throw new InvalidOperationException($"Event {learned.EventUid} is learned, but was not the last one scored.");
        for (int slot = 0; slot < watchers.Length; slot++) entity.Streams.Learn(slot, learned.OccurredAt, watchers[slot].Values);
    }

    /// <summary>What one detector looks at, of the event evaluated last.</summary>
    private sealed class Watcher
    {
        private readonly (RuleValue<DeclaredContext, double> Read, bool IsLogarithm)[]? readers;
        private readonly bool isSeries;
        private readonly double[] parts;
        private readonly DrivingFeatures features;

        public Watcher(StreamDetectorOptions options, DeclaredPlan plan, int partCount)
        {
            Options = options;
            bool isLayout = options.Fields is [StreamDetectorOptions.Layout];
            readers = isLayout ? null : [.. options.Fields.Select(plan.StreamReaderOf)];
            isSeries = EntityStreams.IsSeries(options.Kind);
            Values = new float[DimensionOf(options)];
            parts = new double[partCount];
            features = new DrivingFeatures(EntityStreams.PartNames(options.Kind, isLayout ? plan.Layout.FeatureNames : options.Fields));
        }

        public StreamDetectorOptions Options { get; }

        public float[] Values { get; }

        public void Look(in DeclaredContext context)
        {
            if (readers is null)
            {
                context.Layout.CopyTo(Values);
                return;
            }

            for (int i = 0; i < readers.Length; i++)
            {
                double value = readers[i].Read(in context);
                if (readers[i].IsLogarithm) value = Math.CopySign(Math.Log(1 + Math.Abs(value)), value);
                Values[i] = double.IsNaN(value) && !isSeries ? 0 : (float)value;
            }
        }

        public Evidence Tell(DateTime time, EntityStream stream, double score, double tail)
        {
            stream.Explain(time, Values, parts);
            return new(Options.Code, Options.Contribution(tail), score, double.NaN, double.NaN, tail, features.Name(parts));
        }
    }
}
