using Ecart.Detection;
using Ecart.Domains.Declared.Detectors;
using Ecart.Embedding;
using Ecart.Events;
using Ecart.Profiles;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Declared;

/// <summary>
/// Scores the events of a domain that was declared as data: embedding by its encoders, profile of the entity, detectors, rules, score, rank. No I/O; no
/// allocation for an event of an entity already known. Not thread-safe: one scoring thread.
/// </summary>
public sealed class DeclaredEngine : IDomainEngine
{
    private readonly DeclaredPlan plan;
    private readonly LearnedEmbedding? learned;
    private readonly DeclaredContextBuilder contexts;
    private readonly DeclaredRanker ranker;
    private readonly ModelEvidence modelEvidence;
    private readonly DeclaredStreams streams;
    private readonly DeclaredLearner learner;
    private readonly DeclaredCheckpoint checkpoint;
    private readonly Verdict refoldScratch = new(DeclaredLayout.Dimension);
    private ReferencePatterns patterns = ReferencePatterns.Empty;
    private ExceptionSet<DeclaredContext> exceptions;

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="declaration">The domain; validated here.</param>
    /// <param name="configurationVersion">Version of the declaration, written into every verdict.</param>
    /// <param name="models">Trained models in force; null for none. Models that learned from verdicts are not asked.</param>
    /// <exception cref="OptionsException">The declaration cannot be used, or a model takes or makes vectors of another length.</exception>
    public DeclaredEngine(DomainDeclaration declaration, int configurationVersion = 1, DomainModels? models = null)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        declaration.Validate();
        Models = models ?? DomainModels.None;
        Models.Validate(DeclaredLayout.Dimension);
        learned = Models.Embedding;
        plan = new DeclaredPlan(declaration);
        ConfigurationVersion = configurationVersion;
        State = new DeclaredState(plan, isUnitLength: learned is null);
        contexts = new DeclaredContextBuilder(plan, State, learned);
        ranker = new DeclaredRanker(declaration, State);
        modelEvidence = new ModelEvidence(declaration.Detectors, declaration.Rank.Worth, Models, plan.Layout.FeatureNames);
        streams = new DeclaredStreams(plan, State);
        learner = new DeclaredLearner(plan, State, contexts, streams);
        checkpoint = new DeclaredCheckpoint(plan, State);
        exceptions = new([], plan.RuleFields);
    }

    /// <summary>The domain.</summary>
    public DomainDeclaration Declaration => plan.Declaration;

    /// <summary>Where the encoders write.</summary>
    public DeclaredLayout Layout => plan.Layout;

    /// <inheritdoc/>
    public string Domain => Declaration.Name;

    /// <inheritdoc/>
    public int Dimension => DeclaredLayout.Dimension;

    /// <inheritdoc/>
    public int EmbeddingVersion => contexts.EmbeddingVersion;

    /// <summary>Trained models in force.</summary>
    public DomainModels Models { get; }

    /// <inheritdoc/>
    public int HistoryDays => 0;

    /// <inheritdoc/>
    public double FlagThreshold => Declaration.Severity.Flag;

    /// <inheritdoc/>
    public string EntityType => Declaration.Entity;

    /// <inheritdoc/>
    public int ResidentEntities => State.Entities.Count;

    /// <inheritdoc/>
    public int ChangedEntities => State.Entities.ChangedCount;

    /// <summary>Version of the configuration that scores.</summary>
    public int ConfigurationVersion { get; }

    /// <summary>Clusters, signatures and exceptions in force. Replaced whole; takes effect with the next event.</summary>
    public ReferencePatterns Patterns
    {
        get => patterns;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            exceptions = new ExceptionSet<DeclaredContext>(value.Exceptions, plan.RuleFields);
            patterns = value;
        }
    }

    /// <summary>Exceptions among <see cref="Patterns"/> that silence nothing because their rules are wrong.</summary>
    public IReadOnlyList<ExceptionNotice> PatternNotices => exceptions.Notices;

    internal DeclaredState State { get; }

    /// <inheritdoc/>
    public IDomainEngine MakeFresh() => new DeclaredEngine(Declaration, ConfigurationVersion, Models) { Patterns = patterns };

    /// <inheritdoc/>
    public string RouteOf(Severity severity) => Declaration.Routes.Of(severity);

    /// <inheritdoc/>
    public void Score(DomainEvent domainEvent, Verdict verdict) => Score(domainEvent, verdict, withModels: true);

    private void Score(DomainEvent domainEvent, Verdict verdict, bool withModels)
    {
        var declared = (DeclaredEvent)domainEvent;
        verdict.Clear();
        verdict.EmbeddingVersion = EmbeddingVersion;
        verdict.ConfigurationVersion = ConfigurationVersion;
        State.Entities.TryGet(declared.PrimaryEntityId, out DeclaredEntityState? entity);
        DeclaredContext context = contexts.Build(declared, entity, patterns, verdict);
        if (entity is not null && entity.NewestTicks - declared.OccurredAt.Ticks > Declaration.AllowedLatenessMinutes * TimeSpan.TicksPerMinute)
        {
            verdict.IsLate = true;
            verdict.Score = double.NaN;
            verdict.RankScore = double.NaN;
            return;
        }

        verdict.DistanceToProfile = context.Distance;
        foreach (IEventDetector<DeclaredContext> detector in DeclaredDetectors.All) detector.Evaluate(in context, verdict);
        double learnedEvidence = withModels ? modelEvidence.Evaluate(context.Layout, verdict) : 0;
        learnedEvidence = Math.Max(learnedEvidence, streams.Evaluate(in context, domainEvent, entity, verdict));
        ScoreRule.Apply(Declaration.Severity, verdict);
        ranker.Rank(in context, entity, verdict, learnedEvidence);
        ScoreRule.ApplyRelevance(Declaration.Severity, verdict);
        if (verdict.IsAnomaly || patterns.AsksEveryEvent) verdict.SuppressedBy = FindException(in context, verdict);
        verdict.IsLearned = !verdict.IsAnomaly && !IsInBurst(verdict);
        learner.Prepare(in context, verdict);
    }

    /// <summary>
    /// How much each feature of the layout drove the distance of an event from what is usual for its entity: squared differences to the centroid. Changes no state.
    /// </summary>
    /// <param name="declared">The event, seen from everything learned so far.</param>
    /// <param name="contributions">Receives <see cref="Dimension"/> numbers.</param>
    /// <returns>False, and nothing received, without a centroid, or when a learned model makes the embeddings: their dimensions are no features.</returns>
    public bool ExplainDistance(DeclaredEvent declared, Span<double> contributions)
    {
        ArgumentNullException.ThrowIfNull(declared);
        if (learned is not null || !State.Entities.TryGet(declared.PrimaryEntityId, out DeclaredEntityState? entity)) return false;
        DeclaredContext context = contexts.Build(declared, entity, patterns, refoldScratch);
        if (context.Profile.Count == 0) return false;
        VectorMath.SquaredDifferences(context.Embedding, contexts.Centroid, contributions);
        return true;
    }

    /// <inheritdoc/>
    public void Learn(in ScoredEvent scored) => learner.Learn(in scored);

    /// <inheritdoc/>
    public void Refold(in ScoredEvent stored)
    {
        // What models would say is in the stored verdict; asking them again would be most of the time that a start takes.
        Score(stored.Event, refoldScratch, withModels: false);
        refoldScratch.Statistics.CopyTo(stored.Verdict.Statistics, 0);
        if (EmbedAnew(stored.Verdict)) stored.Verdict.LearnedDistance = refoldScratch.LearnedDistance;
        learner.Learn(in stored);
    }

    /// <inheritdoc/>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq)
    {
        if (labelled.Verdict.EmbeddingVersion != EmbeddingVersion) Score(labelled.Event, refoldScratch, withModels: false);
        // How far the event was from the profile of this version is not known any more; its vector is as near as the entity's present allows.
        if (EmbedAnew(labelled.Verdict)) labelled.Verdict.LearnedDistance = double.NaN;
        learner.ApplyLabel(in labelled, isFraud, previous, seq);
    }

    /// <inheritdoc/>
    public IOtherCounts NewOthers() => new DeclaredOthers(plan);

    /// <inheritdoc/>
    public void UseOthers(IOtherCounts others) => State.Others = ((DeclaredOthers)others).State;

    /// <inheritdoc/>
    public void WriteCheckpoint(IStateSink sink) => checkpoint.Write(sink);

    /// <inheritdoc/>
    public void KeepCheckpoint() => State.Entities.KeepCheckpoint();

    /// <inheritdoc/>
    public bool TryUse(string entityId) => State.Entities.TryUse(entityId);

    /// <inheritdoc/>
    public int Evict(int mostResident) => State.Entities.Evict(mostResident);

    /// <inheritdoc/>
    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, lane, seq, format, state);

    /// <inheritdoc/>
    public void RestoreHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        // The domain keeps no verdict history.
    }

    /// <summary>The profiles of the entities in memory as SQL users are to see them; those with nothing normal in their window have none.</summary>
    /// <param name="asOf">Event time from which the window is looked at; null for each entity's own newest event.</param>
    public IEnumerable<PublishedEntityProfile> PublishProfiles(DateTime? asOf)
    {
        foreach (DeclaredEntityState entity in State.Entities.All)
        {
            var centroid = new float[DeclaredLayout.Dimension];
            int day = DeclaredContextBuilder.DayOf(asOf ?? new DateTime(entity.NewestTicks, DateTimeKind.Utc));
            ProfileSummary summary = entity.Profile.Summarize(day, centroid);
            if (summary.Count == 0) continue;
            yield return new PublishedEntityProfile(
                EntityType, entity.Id, centroid, summary.Count, summary.DistanceMean, summary.DistanceDeviation, entity.Lane, entity.Seq);
        }
    }

    /// <summary>
    /// Makes the embedding of a stored verdict one of this version: the event is embedded as it was scored last. A vector of another layout tells nothing here.
    /// </summary>
    /// <returns>False when it is so already.</returns>
    private bool EmbedAnew(Verdict stored)
    {
        if (stored.EmbeddingVersion == EmbeddingVersion) return false;
        refoldScratch.Embedding.CopyTo(stored.Embedding, 0);
        if (refoldScratch.HasLayout) refoldScratch.Layout.CopyTo(stored.UseLayout());
        stored.EmbeddingVersion = EmbeddingVersion;
        return true;
    }

    /// <summary>A burst is not taken for normal even below the flag: its first events would teach the profile to expect the rest.</summary>
    private static bool IsInBurst(Verdict verdict)
    {
        foreach (ref readonly Evidence evidence in verdict.Evidence)
            if (evidence.Code == EvidenceCode.Velocity) return true;
        return false;
    }

    private long FindException(in DeclaredContext context, Verdict verdict) => exceptions.Find(
        in context,
        Declaration.Entity,
        context.Event.PrimaryEntityId,
        context.Event.OccurredAt,
        verdict.Embedding,
        verdict.EmbeddingVersion);
}
