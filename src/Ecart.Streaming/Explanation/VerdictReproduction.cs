using Ecart.Detection;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Streaming.Explanation;

/// <summary>
/// Scores a stored event again from what the log says of its entity up to before it: state is a fold over the entity's own events and labels.
/// Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="models">Reads the model that embedded the event; null for one that knows the library's own kinds.</param>
/// <param name="domain">The event's domain; null for transactions.</param>
public sealed class VerdictReproduction(string connectionString, ModelLoader? models = null, ReproducedDomain? domain = null)
{
    private readonly ReproducedDomain domain = domain ?? ReproducedDomain.Transactions;
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
        var log = new EntityLog(connectionString, domain.MakeTable);
        if (await log.FindAsync(uid, cancellationToken).ConfigureAwait(false) is not { } stored) return null;
        ScoredEvent target = stored.Event;
        string settings = await ReadSettingsAsync(target.Verdict.ConfigurationVersion, cancellationToken).ConfigureAwait(false);
        DomainModels inForce = await ReadModelsAsync(target.Verdict, cancellationToken).ConfigureAwait(false);
        IDomainEngine engine = domain.MakeEngine(
            settings,
            target.Verdict.ConfigurationVersion,
            await new PatternStore(connectionString).ReadAsync(domain.Name, cancellationToken).ConfigureAwait(false),
            inForce);
        IReadOnlyList<string> names = domain.FeatureNames(engine);
        var exemplars = new Queue<(ScoredEvent Event, double Distance)>();
        long entries = 0;
        await foreach (LogEntry entry in log.ReadBeforeAsync(target.Event.PrimaryEntityId, target.Lane, target.Seq, cancellationToken).ConfigureAwait(false))
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

        var alone = new Verdict(engine.Dimension);
        engine.Score(target.Event, alone);
        NearEvent[] near = [.. exemplars.OrderBy(exemplar => exemplar.Distance).Take(nearest).Select(exemplar => Near(exemplar.Event, exemplar.Distance, target, names))];
        return Compare(stored, alone, domain.Severity(settings), entries, near) with { Features = Explain(engine, inForce, target, names) };
    }

    private static NearEvent Near(ScoredEvent exemplar, double distance, ScoredEvent target, IReadOnlyList<string> names)
    {
        var differences = new double[names.Count];
        VectorMath.SquaredDifferences(exemplar.Verdict.Layout, target.Verdict.Layout, differences);
        return new NearEvent(exemplar.Event, distance, new DrivingFeatures(names).Name(differences));
    }

    private static ReproducedVerdict Compare(
        LoggedVerdict stored, Verdict alone, SeverityOptions severity, long entries, IReadOnlyList<NearEvent> nearest)
    {
        var notices = new List<string>();
        var reproduced = new Verdict(alone.Embedding.Length)
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
        if (!reproduced.IsLate)
        {
            ScoreRule.Apply(severity, reproduced);
            ScoreRule.ApplyRelevance(severity, reproduced);
        }

        notices.Add("rank_score depends on the population of that moment: the stored one is shown.");
        if (stored.Reasons.Any(reason => reason.Type is EvidenceCode.Signature or EvidenceCode.OutsideClusters))
            notices.Add("Signatures and clusters are those in force now: if they were changed since, their evidence may differ.");
        if (stored.Reasons.Any(reason => reason.Type == EvidenceCode.Rule))
            notices.Add("A rule that reads the history or windows of other entities sees this entity's own part of them only.");
        if (stored.Event.Verdict.EmbeddingVersion != reproduced.EmbeddingVersion)
            notices.Add($"The event was embedded by layout {stored.Event.Verdict.EmbeddingVersion}; this version scores by layout {reproduced.EmbeddingVersion}.");
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
    private List<DrivingFeature> Explain(IDomainEngine engine, DomainModels inForce, ScoredEvent target, IReadOnlyList<string> names)
    {
        var contributions = new double[names.Count];
        var features = new List<DrivingFeature>();
        if (domain.ExplainDistance(engine, target.Event, contributions))
            features.AddRange(Strongest(EvidenceCode.BehaviorDistance, engine.EmbeddingVersion, contributions, names));
        foreach (LearnedDetector learned in inForce.Detectors)
        {
            learned.Detector.Explain(target.Verdict.Layout, contributions);
            features.AddRange(Strongest(learned.Detector.Kind, learned.Version, contributions, names));
        }

        return features;
    }

    private static DrivingFeature[] Strongest(string kind, int version, double[] contributions, IReadOnlyList<string> names)
    {
        const int Shown = 5;
        double sum = contributions.Sum();
        if (!(sum > 0)) return [];
        IEnumerable<DrivingFeature> shares = contributions.Select((contribution, i) => new DrivingFeature(kind, version, names[i], contribution / sum));
        return [.. shares.OrderByDescending(feature => feature.Share).Take(Shown).Where(feature => feature.Share > 0)];
    }

    /// <summary>The embedding of the event's own version, and the detectors of now.</summary>
    private async Task<DomainModels> ReadModelsAsync(Verdict stored, CancellationToken cancellationToken) =>
        await loader.ReadInForceAsync(domain.Name, cancellationToken).ConfigureAwait(false) with
        {
            Embedding = await loader.ReadEmbeddingAsync(domain.Name, stored.EmbeddingVersion, cancellationToken).ConfigureAwait(false),
        };

    private async Task<string> ReadSettingsAsync(int version, CancellationToken cancellationToken)
    {
        return await new ConfigurationStore(connectionString).GetSettingsAsync(domain.Name, version, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Version {version} of the configuration, by which the event was scored, is not in the store.");
    }
}
