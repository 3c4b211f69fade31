using Ecart.Detection;
using Ecart.Detection.Streaming.Entities;
using Ecart.Domains.Network.Detectors;
using Ecart.Embedding;
using Ecart.Events;
using Ecart.Learning;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Network;

/// <summary>
/// Scores connections: embedding, profile of the source, detectors, class, score, rank. No I/O; no allocation for an event of a source already known. Not
/// thread-safe: one scoring thread.
/// </summary>
public sealed class NetworkEngine : IModelledEngine
{
    private readonly LearnedEmbedding? learned;
    private readonly NetworkContextBuilder contexts;
    private readonly NetworkRanker ranker;
    private readonly ModelEvidence modelEvidence;
    private readonly StreamEvidence<NetworkContext> streams;
    private readonly VerdictModelScoring verdictModels;
    private readonly NetworkLearner learner;
    private readonly NetworkCheckpoint checkpoint;
    private readonly Verdict refoldScratch = new(NetworkLayout.Dimension);
    private ReferencePatterns patterns = ReferencePatterns.Empty;
    private ExceptionSet<NetworkContext> exceptions = new([], NetworkRuleFields.All);

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="options">Constants; validated here.</param>
    /// <param name="configurationVersion">Version of the configuration, written into every verdict.</param>
    /// <param name="models">Trained models in force; null for none.</param>
    /// <exception cref="OptionsException">A constant is out of range, or a model takes or makes vectors of another length.</exception>
    public NetworkEngine(NetworkOptions options, int configurationVersion = 1, DomainModels? models = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Models = models ?? DomainModels.None;
        Models.Validate(NetworkLayout.Dimension);
        learned = Models.Embedding;
        Options = options;
        ConfigurationVersion = configurationVersion;
        State = new NetworkState(options, isUnitLength: learned is null);
        contexts = new NetworkContextBuilder(options, State, learned);
        ranker = new NetworkRanker(options, State);
        modelEvidence = new ModelEvidence(options.Detectors, options.Rank.Worth, Models, NetworkLayout.Names);
        streams = new StreamEvidence<NetworkContext>(options.StreamDetectors, NetworkStreamFields.All, State.Streams, options.Rank.Worth);
        verdictModels = new VerdictModelScoring(Domain, NetworkFeatures.Names) { Models = Models.Verdicts };
        learner = new NetworkLearner(options, State, contexts.Sets, streams);
        checkpoint = new NetworkCheckpoint(State);
    }

    /// <inheritdoc/>
    public string Domain => NetworkFlow.DomainName;

    /// <inheritdoc/>
    public int Dimension => NetworkLayout.Dimension;

    /// <inheritdoc/>
    public int EmbeddingVersion => learned?.Version ?? NetworkLayout.Version;

    /// <inheritdoc/>
    public int LayoutVersion => NetworkLayout.Version;

    /// <inheritdoc/>
    public DomainModels Models { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => NetworkFeatures.Names;

    /// <summary>The constants by which it scores.</summary>
    public NetworkOptions Options { get; }

    /// <inheritdoc/>
    /// <remarks>The network domain keeps no verdict histories.</remarks>
    public int HistoryDays => 0;

    /// <inheritdoc/>
    public double FlagThreshold => Options.Severity.Flag;

    /// <inheritdoc/>
    public string EntityType => NetworkCheckpoint.SourceType;

    /// <inheritdoc/>
    public int ResidentEntities => State.Sources.Count;

    /// <inheritdoc/>
    public int ChangedEntities => State.Sources.ChangedCount;

    /// <summary>Version of the configuration that scores.</summary>
    public int ConfigurationVersion { get; }

    /// <summary>Clusters, signatures and exceptions in force. Replaced whole; takes effect with the next event.</summary>
    public ReferencePatterns Patterns
    {
        get => patterns;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            exceptions = new ExceptionSet<NetworkContext>(value.Exceptions, NetworkRuleFields.All);
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

    internal NetworkState State { get; }

    /// <inheritdoc/>
    public IDomainEngine MakeFresh() => new NetworkEngine(Options, ConfigurationVersion, Models with { Verdicts = VerdictModels }) { Patterns = patterns };

    /// <inheritdoc/>
    public string RouteOf(Severity severity) => Options.Routes.Of(severity);

    /// <inheritdoc/>
    public void Score(DomainEvent domainEvent, Verdict verdict) => Score(domainEvent, verdict, withModels: true);

    private void Score(DomainEvent domainEvent, Verdict verdict, bool withModels)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var flow = (NetworkFlow)domainEvent;
        verdict.Clear();
        verdict.EmbeddingVersion = EmbeddingVersion;
        verdict.ConfigurationVersion = ConfigurationVersion;
        State.Sources.TryGet(flow.SourceAddress, out AddressState? source);
        NetworkContext context = contexts.Build(flow, source, patterns, verdict);
        if (source is not null && source.NewestTicks - flow.OccurredAt.Ticks > AllowedLatenessTicks)
        {
            verdict.IsLate = true;
            verdict.Score = double.NaN;
            verdict.RankScore = double.NaN;
            return;
        }

        verdict.DistanceToProfile = context.Distance;
        foreach (IEventDetector<NetworkContext> detector in NetworkDetectors.All) detector.Evaluate(in context, verdict);
        double learnedEvidence = withModels ? modelEvidence.Evaluate(context.Layout, verdict) : 0;
        learnedEvidence = Math.Max(learnedEvidence, streams.Evaluate(in context, flow, context.Day, source?.Streams, verdict));
        ThreatClassDetector.Classify(in context, verdict);
        ScoreRule.Apply(Options.Severity, verdict);
        NetworkRankTrace trace = ranker.Rank(in context, verdict, learnedEvidence);
        if (withModels && verdictModels.IsAsking)
        {
            NetworkFeatureBuilder.Build(in context, in trace, verdict, verdictModels.Features);
            verdictModels.Complete(verdict);
        }

        ScoreRule.ApplyRelevance(Options.Severity, verdict);
        if (verdict.IsAnomaly || patterns.AsksEveryEvent) verdict.SuppressedBy = FindException(in context, verdict);
        if (verdict.RaisesAlert && source is not null)
            verdict.IsToldBefore = source.Alerts.IsToldBefore(ThreatClass.Of(verdict), flow.OccurredAt.Ticks, verdict.Severity, Options.Repetition);
        verdict.IsLearned = !verdict.IsAnomaly;
        learner.Prepare(in context, verdict);
    }

    /// <inheritdoc/>
    public void Learn(in ScoredEvent scored) => learner.Learn(in scored);

    /// <inheritdoc/>
    public void Refold(in ScoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored.Verdict);
        // What models would say is in the stored verdict; asking them again would be most of the time that a start takes.
        Score(stored.Event, refoldScratch, withModels: false);
        refoldScratch.Statistics.CopyTo(stored.Verdict.Statistics, 0);
        if (StoredEmbedding.Renew(stored.Verdict, learned, NetworkLayout.Version)) stored.Verdict.LearnedDistance = refoldScratch.LearnedDistance;
        learner.Learn(in stored);
    }

    /// <inheritdoc/>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq)
    {
        // How far the event was from the profile of this version is not known any more.
        if (StoredEmbedding.Renew(labelled.Verdict, learned, NetworkLayout.Version)) labelled.Verdict.LearnedDistance = double.NaN;
        learner.ApplyLabel(in labelled, isFraud, previous, seq);
    }

    /// <summary>
    /// How much each feature of the layout drove the distance of an event from what is usual for its source: squared differences to the centroid. Changes no state.
    /// </summary>
    /// <param name="flow">The event, seen from everything learned so far.</param>
    /// <param name="contributions">Receives <see cref="Dimension"/> numbers.</param>
    /// <returns>False, and nothing received, without a centroid, or when a learned model makes the embeddings: their dimensions are no features.</returns>
    public bool ExplainDistance(NetworkFlow flow, Span<double> contributions)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (learned is not null || !State.Sources.TryGet(flow.SourceAddress, out AddressState? source)) return false;
        NetworkContext context = contexts.Build(flow, source, patterns, refoldScratch);
        if (context.Profile.Count == 0) return false;
        VectorMath.SquaredDifferences(context.Embedding, contexts.Centroid, contributions);
        return true;
    }

    /// <inheritdoc/>
    public IOtherCounts NewOthers() => new NetworkOthers(Options);

    /// <inheritdoc/>
    public void UseOthers(IOtherCounts others) => State.Others = ((NetworkOthers)others).State;

    /// <inheritdoc/>
    public void WriteCheckpoint(IStateSink sink) => checkpoint.Write(sink);

    /// <inheritdoc/>
    public void KeepCheckpoint() => State.Sources.KeepCheckpoint();

    /// <inheritdoc/>
    public bool TryUse(string entityId) => State.Sources.TryUse(entityId);

    /// <inheritdoc/>
    public int Evict(int mostResident) => State.Sources.Evict(mostResident);

    /// <inheritdoc/>
    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, lane, seq, format, state);

    /// <inheritdoc/>
    public void RestoreHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
    }

    /// <summary>The profiles of inner addresses as SQL users are to see them.</summary>
    /// <param name="asOf">Event time from which the window is looked at; null for each address's own newest event.</param>
    /// <param name="onlyChanged">Only addresses that changed since they were last published.</param>
    public IEnumerable<PublishedNetworkProfile> PublishProfiles(DateTime? asOf, bool onlyChanged)
    {
        foreach (AddressState source in State.Sources.All)
        {
            if (source.Scope != AddressScope.Internal || (onlyChanged && source.PublishedSeq == source.Seq)) continue;
            source.PublishedSeq = source.Seq;
            int day = NetworkContextBuilder.DayOf(asOf ?? new DateTime(source.NewestTicks, DateTimeKind.Utc));
            State.Roles.TryGetValue(source.Id, out RoleCounts? role);
            RoleCounts? other = null;
            State.Others?.Roles.TryGetValue(source.Id, out other);
            if (NetworkPublication.Publish(source, role, other, day) is { } published) yield return published;
        }
    }

    private long AllowedLatenessTicks => Options.AllowedLatenessMinutes * TimeSpan.TicksPerMinute;

    private long FindException(in NetworkContext context, Verdict verdict) => exceptions.Find(
        in context, context.Event.PrimaryEntityType, context.Event.SourceAddress, context.Event.OccurredAt, verdict.Embedding, verdict.EmbeddingVersion);
}
