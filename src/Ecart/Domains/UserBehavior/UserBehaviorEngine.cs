using Ecart.Detection;
using Ecart.Detection.Sequences;
using Ecart.Detection.Streaming.Entities;
using Ecart.Domains.UserBehavior.Detectors;
using Ecart.Embedding;
using Ecart.Events;
using Ecart.Learning;
using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>
/// Scores log-ins, commands, API calls and whatever else users do: embedding, profile and habits of the user, sequences of actions, peers, detectors, score, rank.
/// No I/O; no allocation for an event of a user already known. Not thread-safe: one scoring thread.
/// </summary>
public sealed class UserBehaviorEngine : IModelledEngine
{
    private readonly UserBehaviorOptions options;
    private readonly LearnedEmbedding? learned;
    private readonly UserBehaviorContextBuilder contexts;
    private readonly UserBehaviorRanker ranker;
    private readonly ModelEvidence modelEvidence;
    private readonly StreamEvidence<UserBehaviorContext> streams;
    private readonly VerdictModelScoring verdictModels;
    private readonly UserBehaviorLearner learner;
    private readonly UserBehaviorCheckpoint checkpoint;
    private readonly Verdict refoldScratch = new(UserBehaviorLayout.Dimension);
    private ReferencePatterns patterns = ReferencePatterns.Empty;
    private ExceptionSet<UserBehaviorContext> exceptions = new([], UserBehaviorRuleFields.All);

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="options">Constants; validated here.</param>
    /// <param name="configurationVersion">Version of the configuration, written into every verdict.</param>
    /// <param name="models">Trained models in force; null for none.</param>
    /// <exception cref="OptionsException">A constant is out of range, or a model takes or makes vectors of another length.</exception>
    public UserBehaviorEngine(UserBehaviorOptions options, int configurationVersion = 1, DomainModels? models = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Models = models ?? DomainModels.None;
        Models.Validate(UserBehaviorLayout.Dimension);
        learned = Models.Embedding;
        this.options = options;
        ConfigurationVersion = configurationVersion;
        State = new UserBehaviorState(options, isUnitLength: learned is null);
        var sequences = new SequenceDetector(options.Sequence);
        contexts = new UserBehaviorContextBuilder(options, State, learned, sequences);
        ranker = new UserBehaviorRanker(options, State);
        modelEvidence = new ModelEvidence(options.Detectors, options.Rank.Worth, Models, UserBehaviorLayout.FeatureNames);
        streams = new StreamEvidence<UserBehaviorContext>(options.StreamDetectors, UserBehaviorStreamFields.All, State.Streams, options.Rank.Worth);
        verdictModels = new VerdictModelScoring(Domain, UserBehaviorFeatures.Names) { Models = Models.Verdicts };
        learner = new UserBehaviorLearner(options, State, sequences, streams);
        checkpoint = new UserBehaviorCheckpoint(State);
    }

    /// <inheritdoc/>
    public string Domain => UserBehaviorEvent.DomainName;

    /// <inheritdoc/>
    public int Dimension => UserBehaviorLayout.Dimension;

    /// <inheritdoc/>
    /// <remarks>Vectors that callers made have their own, from <see cref="UserBehaviorEvent.FirstCallerVersion"/> on, and profiles of their own.</remarks>
    public int EmbeddingVersion => learned?.Version ?? UserBehaviorLayout.Version;

    /// <summary>The constants by which it scores.</summary>
    public UserBehaviorOptions Options => options;

    /// <inheritdoc/>
    public int LayoutVersion => UserBehaviorLayout.Version;

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => UserBehaviorFeatures.Names;

    /// <inheritdoc/>
    public DomainModels Models { get; }

    /// <inheritdoc/>
    public int HistoryDays => 0;

    /// <inheritdoc/>
    public double FlagThreshold => options.Severity.Flag;

    /// <inheritdoc/>
    public string EntityType => UserBehaviorCheckpoint.UserType;

    /// <inheritdoc/>
    public int ResidentEntities => State.Users.Count;

    /// <inheritdoc/>
    public int ChangedEntities => State.Users.ChangedCount;

    /// <summary>Version of the configuration that scores.</summary>
    public int ConfigurationVersion { get; }

    /// <summary>Clusters, signatures and exceptions in force. Replaced whole; takes effect with the next event.</summary>
    public ReferencePatterns Patterns
    {
        get => patterns;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            exceptions = new ExceptionSet<UserBehaviorContext>(value.Exceptions, UserBehaviorRuleFields.All);
            patterns = value;
        }
    }

    /// <summary>Exceptions among <see cref="Patterns"/> that silence nothing because their rules are wrong.</summary>
    public IReadOnlyList<ExceptionNotice> PatternNotices => exceptions.Notices;

    /// <inheritdoc/>
    public VerdictModels VerdictModels
    {
        get => verdictModels.Models;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            verdictModels.Models = value;
        }
    }

    /// <inheritdoc/>
    public bool KeepsFeatures
    {
        get => verdictModels.KeepsFeatures;
        set => verdictModels.KeepsFeatures = value;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Features => verdictModels.Features;

    internal UserBehaviorState State { get; }

    /// <inheritdoc/>
    public IDomainEngine MakeFresh() => new UserBehaviorEngine(options, ConfigurationVersion, Models with { Verdicts = VerdictModels }) { Patterns = patterns };

    /// <inheritdoc/>
    public string RouteOf(Severity severity) => options.Routes.Of(severity);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The event's own embedding is not of <see cref="Dimension"/> finite floats.</exception>
    public void Score(DomainEvent domainEvent, Verdict verdict) => Score(domainEvent, verdict, withModels: true);

    private void Score(DomainEvent domainEvent, Verdict verdict, bool withModels)
    {
        var action = (UserBehaviorEvent)domainEvent;
        verdict.Clear();
        verdict.EmbeddingVersion = contexts.VersionOf(action);
        verdict.ConfigurationVersion = ConfigurationVersion;
        State.Users.TryGet(action.UserId, out UserState? user);
        UserBehaviorContext context = contexts.Build(action, user, patterns, verdict);
        if (user is not null && user.NewestTicks - action.OccurredAt.Ticks > options.AllowedLatenessMinutes * TimeSpan.TicksPerMinute)
        {
            verdict.IsLate = true;
            verdict.Score = double.NaN;
            verdict.RankScore = double.NaN;
            return;
        }

        verdict.DistanceToProfile = context.Distance;
        foreach (IEventDetector<UserBehaviorContext> detector in UserBehaviorDetectors.All) detector.Evaluate(in context, verdict);
        double learnedEvidence = withModels ? modelEvidence.Evaluate(context.Layout, verdict) : 0;
        learnedEvidence = Math.Max(learnedEvidence, streams.Evaluate(in context, action, context.Day, user?.Streams, verdict));
        ScoreRule.Apply(options.Severity, verdict);
        UserBehaviorRankTrace trace = ranker.Rank(in context, user, verdict, learnedEvidence);
        if (withModels && verdictModels.IsAsking)
        {
            UserBehaviorFeatureBuilder.Build(in context, in trace, verdict, verdictModels.Features);
            verdictModels.Complete(verdict);
        }

        ScoreRule.ApplyRelevance(options.Severity, verdict);
        if (verdict.IsAnomaly || patterns.AsksEveryEvent) verdict.SuppressedBy = FindException(in context, verdict);
        verdict.IsLearned = !verdict.IsAnomaly;
        learner.Prepare(in context, verdict);
    }

    /// <inheritdoc/>
    public void Learn(in ScoredEvent scored) => learner.Learn(in scored);

    /// <inheritdoc/>
    public void Refold(in ScoredEvent stored)
    {
        // What models would say is in the stored verdict; asking them again would be most of the time that a start takes.
        Score(stored.Event, refoldScratch, withModels: false);
        refoldScratch.Statistics.CopyTo(stored.Verdict.Statistics, 0);
        if (EmbedAnew(in stored)) stored.Verdict.LearnedDistance = refoldScratch.LearnedDistance;
        learner.Learn(in stored);
    }

    /// <inheritdoc/>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq)
    {
        // How far the event was from the profile of this version is not known any more.
        if (EmbedAnew(in labelled)) labelled.Verdict.LearnedDistance = double.NaN;
        learner.ApplyLabel(in labelled, isFraud, previous, seq);
    }

    /// <inheritdoc/>
    public IOtherCounts NewOthers() => new UserBehaviorOthers(options);

    /// <inheritdoc/>
    public void UseOthers(IOtherCounts others) => State.Others = ((UserBehaviorOthers)others).State;

    /// <inheritdoc/>
    public void WriteCheckpoint(IStateSink sink) => checkpoint.Write(sink);

    /// <inheritdoc/>
    public void KeepCheckpoint() => State.Users.KeepCheckpoint();

    /// <inheritdoc/>
    public bool TryUse(string entityId) => State.Users.TryUse(entityId);

    /// <inheritdoc/>
    public int Evict(int mostResident) => State.Users.Evict(mostResident);

    /// <inheritdoc/>
    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, lane, seq, format, state);

    /// <inheritdoc/>
    public void RestoreHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        // The domain keeps no verdict history.
    }

    /// <summary>The profiles of the users in memory as SQL users are to see them; those with nothing normal in their window have none.</summary>
    /// <param name="asOf">Event time from which the window is looked at; null for each user's own newest event.</param>
    public IEnumerable<PublishedEntityProfile> PublishProfiles(DateTime? asOf)
    {
        foreach (UserState user in State.Users.All)
        {
            var centroid = new float[UserBehaviorLayout.Dimension];
            int day = UserBehaviorContextBuilder.DayOf(asOf ?? new DateTime(user.NewestTicks, DateTimeKind.Utc));
            ProfileSummary summary = user.Profile.Summarize(day, centroid);
            if (summary.Count == 0) continue;
            yield return new PublishedEntityProfile(
                EntityType, user.Id, centroid, summary.Count, summary.DistanceMean, summary.DistanceDeviation, user.Lane, user.Seq);
        }
    }

    /// <summary>Makes the embedding of a stored verdict one of this version. Vectors that callers made stay as they are.</summary>
    /// <returns>False when it is so already.</returns>
    private bool EmbedAnew(in ScoredEvent stored) =>
        ((UserBehaviorEvent)stored.Event).Embedding is null && StoredEmbedding.Renew(stored.Verdict, learned, UserBehaviorLayout.Version);

    private long FindException(in UserBehaviorContext context, Verdict verdict) => exceptions.Find(
        in context,
        context.Event.PrimaryEntityType,
        context.Event.UserId,
        context.Event.OccurredAt,
        verdict.Embedding,
        verdict.EmbeddingVersion);
}
