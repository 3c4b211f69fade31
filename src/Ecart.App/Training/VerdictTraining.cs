using System.Globalization;
using Ecart.App.Store;
using Ecart.Learning;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;

namespace Ecart.App.Training;

/// <summary>
/// Trains trees on the verdicts that people gave. The log goes through a fresh engine once more, so that each event is seen with what was known when it happened,
/// labels included; then it is a row to learn from by the label that it has today. The result is a challenger: it runs in shadow until a person promotes it.
/// </summary>
internal sealed class VerdictTraining(OpenStore store)
{
    /// <summary>Kind of these models in the store.</summary>
    public const string Kind = "boosted_trees";

    private readonly LabelledHistory history = new(store.ConnectionString, store.Domain.MakeTable);

    /// <summary>Trains, stores the trees and puts them in force as challenger.</summary>
    /// <param name="days">Days before the newest event to learn from.</param>
    /// <param name="reason">Why.</param>
    /// <param name="read">Told how many events were read.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    /// <exception cref="TooFewVerdictsException">There are too few verdicts.</exception>
    public async Task<TrainedChallenger> RunAsync(int days, string reason, IProgress<long> read, CancellationToken cancellationToken)
    {
        DateTime until = await history.FindNewestAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new TooFewVerdictsException("No event is stored yet: there is nothing to learn from.");
        DateTime from = until.AddDays(-days);
        IModelledEngine engine = store.MakeEngine(store.Models with { Verdicts = VerdictModels.None });
        engine.KeepsFeatures = true;
        VerdictSample sample = await CollectAsync(engine, from, until, read, cancellationToken).ConfigureAwait(false);
        BoostedTrees trees = await Task.Run(() => new VerdictTrainer().Train(sample, cancellationToken), cancellationToken).ConfigureAwait(false);
        string metrics = string.Create(
            CultureInfo.InvariantCulture, $$"""{"trees": {{trees.Trees}}, "frauds": {{sample.Frauds}}, "ordinary": {{sample.Ordinary}}}""");
        var models = new ModelStore(store.ConnectionString);
        int version = await models.AddAsync(
            new ModelDescription(
                store.Domain.Name, ModelSlot.Verdict, Kind, engine.LayoutVersion, BoostedTreesArtefact.Version, from, until, sample.Frauds + sample.Ordinary, metrics,
                reason, Environment.UserName),
            trees.Save(),
            cancellationToken).ConfigureAwait(false);
        await models.ActivateAsync(store.Domain.Name, ModelSlot.Challenger, version, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        return new TrainedChallenger(version, sample.Frauds, sample.Ordinary);
    }

    /// <summary>Events whose label may still come are not learned from; the days that histories need to fill come before the first that is.</summary>
    private async Task<VerdictSample> CollectAsync(
        IModelledEngine engine, DateTime from, DateTime until, IProgress<long> read, CancellationToken cancellationToken)
    {
        var sample = new VerdictSample(engine.FeatureNames);
        var labels = new PriorityQueue<(ScoredEvent Event, bool IsFraud), DateTime>();
        DateTime settled = until.AddDays(-store.Settings.LabelDelayDays);
        var verdict = new Verdict(engine.Dimension);
        long seq = 0;
        await foreach (HistoryEvent stored in history.ReadAsync(from.AddDays(-engine.HistoryDays), cancellationToken).ConfigureAwait(false))
        {
            DateTime now = stored.Event.OccurredAt;
            while (labels.TryPeek(out (ScoredEvent Event, bool IsFraud) label, out DateTime due) && due <= now)
            {
                labels.Dequeue();
                engine.ApplyLabel(in label.Event, label.IsFraud, null, ++seq);
            }

            engine.Score(stored.Event, verdict);
            var scored = new ScoredEvent(stored.Event, verdict, 0, ++seq);
            engine.Learn(in scored);
            if (!verdict.IsLate && now >= from && (stored.Label is not null || now <= settled)) sample.Add(engine.Features, stored.Label == true);
            if (seq % 1000 == 0) read.Report(seq);
            if (stored is not { Label: { } isFraud, KnownAt: { } knownAt }) continue;
            labels.Enqueue((scored, isFraud), knownAt);
            verdict = new Verdict(engine.Dimension);
        }

        return sample;
    }
}
