using Ecart.Detection;
using Ecart.Detection.Streaming.Entities;
using Ecart.Domains.Transactions.Detectors;
using Ecart.Embedding;
using Ecart.Events;
using Ecart.Learning;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Transactions;

/// <summary>
/// Scores card and account transactions: embedding, profile of the account, detectors, score, rank. No I/O; no allocation for an event
/// of an account already known. Not thread-safe: one scoring thread.
/// </summary>
public sealed class TransactionEngine : IModelledEngine
{
    private readonly TransactionOptions options;
    private readonly LearnedEmbedding? learned;
    private readonly TransactionEmbedding embed;
    private readonly TransactionContextBuilder contexts;
    private readonly TransactionRanker ranker;
    private readonly TransactionFeatureBuilder features;
    private readonly VerdictModelScoring verdictModels;
    private readonly ModelEvidence modelEvidence;
    private readonly StreamEvidence<TransactionContext> streams;
    private readonly TransactionLearner learner;
    private readonly TransactionCheckpoint checkpoint;
    private readonly Verdict refoldScratch = new(TransactionLayout.Dimension);
    private ReferencePatterns patterns = ReferencePatterns.Empty;
    private ExceptionSet<TransactionContext> exceptions = new([], TransactionRuleFields.All);

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="options">Constants; validated here.</param>
    /// <param name="configurationVersion">Version of the configuration, written into every verdict.</param>
    /// <param name="models">Trained models in force; null for none.</param>
    /// <exception cref="OptionsException">A constant is out of range, or a model takes or makes vectors of another length.</exception>
    public TransactionEngine(TransactionOptions options, int configurationVersion = 1, DomainModels? models = null)
        : this(options, configurationVersion, models, TransactionEmbedder.Embed)
    {
    }

    /// <summary>Makes an engine whose embeddings are made by another layout of as many floats.</summary>
    internal TransactionEngine(TransactionOptions options, int configurationVersion, DomainModels? models, TransactionEmbedding embedding)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Models = models ?? DomainModels.None;
        Models.Validate(TransactionLayout.Dimension);
        learned = Models.Embedding;
        this.options = options;
        ConfigurationVersion = configurationVersion;
        State = new TransactionState(options, isUnitLength: learned is null);
        embed = embedding;
        contexts = new TransactionContextBuilder(options, State, learned, embedding);
        ranker = new TransactionRanker(options, State);
        modelEvidence = new ModelEvidence(options.Detectors, options.Rank.Worth, Models, TransactionLayout.FeatureNames);
        streams = new StreamEvidence<TransactionContext>(options.StreamDetectors, TransactionStreamFields.All, State.Streams, options.Rank.Worth);
        learner = new TransactionLearner(options, State, contexts, streams);
        checkpoint = new TransactionCheckpoint(State);
        features = new TransactionFeatureBuilder(options, State);
        verdictModels = new VerdictModelScoring(Domain, TransactionFeatures.Names) { Models = Models.Verdicts };
    }

    /// <inheritdoc/>
    public string Domain => TransactionEvent.DomainName;

    /// <inheritdoc/>
    public int Dimension => TransactionLayout.Dimension;

    /// <inheritdoc/>
    public int EmbeddingVersion => learned?.Version ?? TransactionLayout.Version;

    /// <inheritdoc/>
    public int LayoutVersion => TransactionLayout.Version;

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => TransactionFeatures.Names;

    /// <summary>The constants by which it scores.</summary>
    public TransactionOptions Options => options;

    /// <inheritdoc/>
    public DomainModels Models { get; }

    /// <inheritdoc/>
    public int HistoryDays => State.HistoryDays;

    /// <inheritdoc/>
    public double FlagThreshold => options.Severity.Flag;

    /// <inheritdoc/>
    public string EntityType => TransactionCheckpoint.AccountType;

    /// <inheritdoc/>
    public int ResidentEntities => State.Accounts.Count;

    /// <inheritdoc/>
    public int ChangedEntities => State.Accounts.ChangedCount;

    /// <summary>Version of the configuration that scores.</summary>
    public int ConfigurationVersion { get; }

    /// <summary>Clusters, signatures and exceptions in force. Replaced whole; takes effect with the next event.</summary>
    public ReferencePatterns Patterns
    {
        get => patterns;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            exceptions = new ExceptionSet<TransactionContext>(value.Exceptions, TransactionRuleFields.All);
            patterns = value;
        }
    }

    /// <summary>Exceptions among <see cref="Patterns"/> that silence nothing because their rules are wrong.</summary>
    public IReadOnlyList<ExceptionNotice> PatternNotices => exceptions.Notices;

    /// <summary>Models that learned from verdicts, at first those of <see cref="Models"/>. Replaced whole; takes effect with the next event.</summary>
    /// <exception cref="DetectorInputException">One was trained on other features than <see cref="TransactionFeatures"/>.</exception>
    public VerdictModels VerdictModels
    {
        get => verdictModels.Models;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            verdictModels.Models = value;
        }
    }

    /// <summary>Whether <see cref="Features"/> are filled even when no model asks for them, to train one. Default false.</summary>
    public bool KeepsFeatures
    {
        get => verdictModels.KeepsFeatures;
        set => verdictModels.KeepsFeatures = value;
    }

    /// <summary>
    /// What the event scored last looks like to a model, as <see cref="TransactionFeatures"/> says, unless it was late; valid until the next is scored.
    /// </summary>
    public ReadOnlySpan<float> Features => verdictModels.Features;

    internal TransactionState State { get; }

    /// <inheritdoc/>
    public IDomainEngine MakeFresh() => new TransactionEngine(options, ConfigurationVersion, Models with { Verdicts = VerdictModels }, embed) { Patterns = patterns };

    /// <inheritdoc/>
    public string RouteOf(Severity severity) => options.Routes.Of(severity);

    /// <inheritdoc/>
    public void Score(DomainEvent domainEvent, Verdict verdict) => Score(domainEvent, verdict, withModels: true);

    private void Score(DomainEvent domainEvent, Verdict verdict, bool withModels)
    {
        var transaction = (TransactionEvent)domainEvent;
        verdict.Clear();
        verdict.EmbeddingVersion = EmbeddingVersion;
        verdict.ConfigurationVersion = ConfigurationVersion;
        State.Accounts.TryGet(transaction.AccountId, out AccountState? account);
        TransactionContext context = contexts.Build(transaction, account, patterns, verdict);
        if (account is not null && account.NewestTicks - transaction.OccurredAt.Ticks > AllowedLatenessTicks)
        {
            verdict.IsLate = true;
            verdict.Score = double.NaN;
            verdict.RankScore = double.NaN;
            return;
        }

        verdict.DistanceToProfile = context.Distance;
        foreach (IEventDetector<TransactionContext> detector in TransactionDetectors.All) detector.Evaluate(in context, verdict);
        double learnedEvidence = withModels ? modelEvidence.Evaluate(context.Layout, verdict) : 0;
        learnedEvidence = Math.Max(learnedEvidence, streams.Evaluate(in context, transaction, context.Day, account?.Streams, verdict));
        ScoreRule.Apply(options.Severity, verdict);
        RankTrace trace = ranker.Rank(in context, account, verdict, learnedEvidence);
        if (withModels && verdictModels.IsAsking)
        {
            features.Build(in context, in trace, verdict, verdictModels.Features);
            verdictModels.Complete(verdict);
        }

        ScoreRule.ApplyRelevance(options.Severity, verdict);
        if (verdict.IsAnomaly || patterns.AsksEveryEvent) verdict.SuppressedBy = FindException(in context, verdict);
        verdict.IsLearned = !verdict.IsAnomaly && !IsInBurst(verdict);
        learner.Prepare(in context, verdict);
    }

    /// <summary>
    /// How much each feature of the layout drove the distance of an event from what is usual for its account: squared differences to the centroid. Changes no state.
    /// </summary>
    /// <param name="transaction">The event, seen from everything learned so far.</param>
    /// <param name="contributions">Receives <see cref="Dimension"/> numbers.</param>
    /// <returns>False, and nothing received, without a centroid, or when a learned model makes the embeddings: their dimensions are no features.</returns>
    public bool ExplainDistance(TransactionEvent transaction, Span<double> contributions)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (learned is not null || !State.Accounts.TryGet(transaction.AccountId, out AccountState? account)) return false;
        TransactionContext context = contexts.Build(transaction, account, patterns, refoldScratch);
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
        if (StoredEmbedding.Renew(stored.Verdict, learned, TransactionLayout.Version)) stored.Verdict.LearnedDistance = refoldScratch.LearnedDistance;
        learner.Learn(in stored);
    }

    /// <inheritdoc/>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq)
    {
        // How far the event was from the profile of this version is not known any more: the profile keeps that distance until its window forgets it, and
        // takes out all else exactly.
        if (StoredEmbedding.Renew(labelled.Verdict, learned, TransactionLayout.Version)) labelled.Verdict.LearnedDistance = double.NaN;
        learner.ApplyLabel(in labelled, isFraud, previous, seq);
    }

    /// <inheritdoc/>
    public IOtherCounts NewOthers() => new TransactionOthers(options);

    /// <inheritdoc/>
    public void UseOthers(IOtherCounts others) => State.Others = ((TransactionOthers)others).State;

    /// <inheritdoc/>
    public void WriteCheckpoint(IStateSink sink) => checkpoint.Write(sink);

    /// <inheritdoc/>
    public void KeepCheckpoint() => State.Accounts.KeepCheckpoint();

    /// <inheritdoc/>
    public bool TryUse(string entityId) => State.Accounts.TryUse(entityId);

    /// <inheritdoc/>
    public int Evict(int mostResident) => State.Accounts.Evict(mostResident);

    /// <inheritdoc/>
    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, lane, seq, format, state);

    /// <inheritdoc/>
    public void RestoreHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days) => checkpoint.RestoreHistory(entityType, entityId, days);

    /// <summary>The profiles of accounts as SQL users are to see them.</summary>
    /// <param name="asOf">Event time from which the window is looked at; null for each account's own newest event.</param>
    /// <param name="onlyChanged">Only accounts that changed since they were last published.</param>
    public IEnumerable<PublishedAccountProfile> PublishProfiles(DateTime? asOf, bool onlyChanged)
    {
        foreach (AccountState account in State.Accounts.All)
        {
            if (onlyChanged && account.PublishedSeq == account.Seq) continue;
            account.PublishedSeq = account.Seq;
            int day = TransactionContextBuilder.DayOf(asOf ?? new DateTime(account.NewestTicks, DateTimeKind.Utc));
            if (AccountPublication.Publish(account, day) is { } published) yield return published;
        }
    }

    private long AllowedLatenessTicks => options.AllowedLatenessMinutes * TimeSpan.TicksPerMinute;

    /// <summary>A burst is not taken for normal even below the flag: its first events would teach the profile to expect the rest.</summary>
    private static bool IsInBurst(Verdict verdict)
    {
        foreach (ref readonly Evidence evidence in verdict.Evidence)
            if (evidence.Code == EvidenceCode.Velocity) return true;
        return false;
    }

    private long FindException(in TransactionContext context, Verdict verdict) => exceptions.Find(
        in context,
        context.Event.PrimaryEntityType,
        context.Event.AccountId,
        context.Event.OccurredAt,
        verdict.Embedding,
        verdict.EmbeddingVersion);
}
