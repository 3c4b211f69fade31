using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Streaming.Explanation;

/// <summary>
/// Scores a stored transaction again from what the log says of its account up to before it: state is a fold over the account's own events and labels.
/// Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="models">Reads the model that embedded the event; null for one that knows the library's own kinds.</param>
public sealed class VerdictReproduction(string connectionString, ModelLoader? models = null)
{
    private readonly ModelLoader loader = models ?? new ModelLoader(connectionString);

    /// <summary>Newest normal events among which the nearest are sought, exactly.</summary>
    private const int MostExemplars = 2000;

    /// <summary>Reproduces a verdict.</summary>
    /// <param name="uid">The event.</param>
    /// <param name="nearest">How many near normal events to find.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when the uid is unknown.</returns>
    /// <exception cref="ModelStoreException">The model that embedded the event is not in the store or damaged.</exception>
    /// <exception cref="InvalidOperationException">The configuration that the verdict names is not in the store.</exception>
    public async Task<ReproducedVerdict?> RunAsync(string uid, int nearest, CancellationToken cancellationToken)
    {
        var log = new AccountLog(connectionString);
        if (await log.FindAsync(uid, cancellationToken).ConfigureAwait(false) is not { } stored) return null;
        ScoredEvent target = stored.Event;
        var transaction = (TransactionEvent)target.Event;
        TransactionOptions options = await ReadOptionsAsync(target.Verdict.ConfigurationVersion, cancellationToken).ConfigureAwait(false);
        var engine = new TransactionEngine(options, target.Verdict.ConfigurationVersion, await ReadModelsAsync(target.Verdict, cancellationToken).ConfigureAwait(false))
        {
            Patterns = await new PatternStore(connectionString).ReadAsync(TransactionEvent.DomainName, cancellationToken).ConfigureAwait(false),
        };
        var exemplars = new Queue<(ScoredEvent Event, double Distance)>();
        long entries = 0;
        await foreach (LogEntry entry in log.ReadBeforeAsync(transaction.AccountId, target.Lane, target.Seq, cancellationToken).ConfigureAwait(false))
        {
            entries++;
            ScoredEvent scored = entry.Event;
            if (entry.Label is { } isFraud)
            {
                engine.ApplyLabel(in scored, isFraud, entry.Previous, entry.Seq);
                continue;
            }

            engine.Refold(in scored);
            if (!scored.Verdict.IsLearned) continue;
            exemplars.Enqueue((scored, VectorMath.Distance(scored.Verdict.Embedding, target.Verdict.Embedding)));
            if (exemplars.Count > MostExemplars) exemplars.Dequeue();
        }

        var alone = new Verdict(TransactionLayout.Dimension);
        engine.Score(transaction, alone);
        NearEvent[] near = [.. exemplars.OrderBy(exemplar => exemplar.Distance).Take(nearest).Select(exemplar => Near(exemplar.Event, exemplar.Distance, target))];
        return Compare(stored, alone, options, entries, near) with { Features = Explain(engine, target) };
    }

    private static NearEvent Near(ScoredEvent exemplar, double distance, ScoredEvent target)
    {
        var differences = new double[TransactionLayout.Dimension];
        VectorMath.SquaredDifferences(exemplar.Verdict.Layout, target.Verdict.Layout, differences);
        return new NearEvent((TransactionEvent)exemplar.Event, distance, new DrivingFeatures(TransactionLayout.FeatureNames).Name(differences));
    }

    private static ReproducedVerdict Compare(
        LoggedVerdict stored, Verdict alone, TransactionOptions options, long entries, IReadOnlyList<NearEvent> nearest)
    {
        var notices = new List<string>();
        var reproduced = new Verdict(TransactionLayout.Dimension)
        {
            EmbeddingVersion = alone.EmbeddingVersion,
            ConfigurationVersion = alone.ConfigurationVersion,
            DistanceToProfile = alone.DistanceToProfile,
            IsLate = alone.IsLate,
            Score = alone.Score,
            RankScore = stored.RankScore ?? double.NaN,
        };
        alone.Embedding.CopyTo(reproduced.Embedding, 0);
        foreach (ref readonly Evidence evidence in alone.Evidence)
            if (evidence.Code != EvidenceCode.EntityHistory && !EvidenceCode.IsLearned(evidence.Code)) reproduced.Add(in evidence);
        VerdictReason? history = stored.Reasons.FirstOrDefault(reason => reason.Type == EvidenceCode.EntityHistory);
        if (history is not null)
        {
            reproduced.Add(new Evidence(history.Type, history.Score, double.NaN, double.NaN, double.NaN, double.NaN, null));
            notices.Add("entity_history depends on what other lanes had committed at that moment: the stored evidence is taken, rounded to 6 decimals.");
        }

        bool tookLearned = AddLearned(stored, alone, reproduced);
        if (tookLearned) notices.Add("The trained detectors in force then were others than now: their stored evidence is taken, rounded to 6 decimals.");
        if (!reproduced.IsLate) ScoreRule.Apply(options.Severity, reproduced);
        notices.Add("rank_score depends on the population of that moment: the stored one is shown.");
        if (stored.Reasons.Any(reason => reason.Type is EvidenceCode.Signature or EvidenceCode.OutsideClusters))
            notices.Add("Signatures and clusters are those in force now: if they were changed since, their evidence may differ.");
        if (stored.Reasons.Any(reason => reason.Type == EvidenceCode.Rule))
            notices.Add("A rule that reads the history of a merchant, device or address sees the account's own part of it only.");
        if (stored.Event.Verdict.EmbeddingVersion != reproduced.EmbeddingVersion)
            notices.Add($"The event was embedded by layout {stored.Event.Verdict.EmbeddingVersion}; this version scores by layout {TransactionLayout.Version}.");
        return new ReproducedVerdict(stored, reproduced, entries, nearest, notices) { TookStoredEvidence = history is not null || tookLearned };
    }

    /// <summary>What trained detectors said: by those in force now where they say the same, else as it is stored.</summary>
    /// <returns>Whether any was taken as stored.</returns>
    private static bool AddLearned(LoggedVerdict stored, Verdict alone, Verdict reproduced)
    {
        bool took = false;
        foreach (VerdictReason reason in stored.Reasons.Where(reason => EvidenceCode.IsLearned(reason.Type)))
        {
            Evidence said = new(reason.Type, reason.Score, double.NaN, double.NaN, double.NaN, double.NaN, null);
            foreach (ref readonly Evidence evidence in alone.Evidence)
                if (evidence.Code == reason.Type && EvidenceText.Describe(in evidence) == reason.Detail) said = evidence;
            took |= double.IsNaN(said.Observed);
            reproduced.Add(in said);
        }

        return took;
    }

    /// <summary>What drove the distance from the usual and each trained detector that is in force, the strongest feature of each first.</summary>
    private static List<DrivingFeature> Explain(TransactionEngine engine, ScoredEvent target)
    {
        var contributions = new double[TransactionLayout.Dimension];
        var features = new List<DrivingFeature>();
        if (engine.ExplainDistance((TransactionEvent)target.Event, contributions))
            features.AddRange(Strongest(EvidenceCode.BehaviorDistance, TransactionLayout.Version, contributions));
        foreach (LearnedDetector learned in engine.Models.Detectors)
        {
            learned.Detector.Explain(target.Verdict.Layout, contributions);
            features.AddRange(Strongest(learned.Detector.Kind, learned.Version, contributions));
        }

        return features;
    }

    private static DrivingFeature[] Strongest(string kind, int version, double[] contributions)
    {
        const int Shown = 5;
        double sum = contributions.Sum();
        if (!(sum > 0)) return [];
        IEnumerable<DrivingFeature> shares = contributions.Select((contribution, i) => new DrivingFeature(kind, version, TransactionLayout.FeatureNames[i], contribution / sum));
        return [.. shares.OrderByDescending(feature => feature.Share).Take(Shown).Where(feature => feature.Share > 0)];
    }

    /// <summary>The embedding of the event's own version, and the detectors of now.</summary>
    private async Task<DomainModels> ReadModelsAsync(Verdict stored, CancellationToken cancellationToken) =>
        await loader.ReadInForceAsync(TransactionEvent.DomainName, cancellationToken).ConfigureAwait(false) with
        {
            Embedding = await loader.ReadEmbeddingAsync(TransactionEvent.DomainName, stored.EmbeddingVersion, cancellationToken).ConfigureAwait(false),
        };

    private async Task<TransactionOptions> ReadOptionsAsync(int version, CancellationToken cancellationToken)
    {
        string? settings = await new ConfigurationStore(connectionString)
            .GetSettingsAsync(TransactionEvent.DomainName, version, cancellationToken).ConfigureAwait(false);
        return settings is not null
            ? TransactionOptionsJson.Deserialize(settings)
            : throw new InvalidOperationException($"Version {version} of the configuration, by which the event was scored, is not in the store.");
    }
}
