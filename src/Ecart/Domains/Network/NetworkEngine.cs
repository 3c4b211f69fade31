using Ecart.Detection;
using Ecart.Domains.Network.Detectors;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>
/// Scores connections: embedding, profile of the source, detectors, class, score, rank. No I/O; no allocation for an event of a source already known. Not
/// thread-safe: one scoring thread.
/// </summary>
public sealed class NetworkEngine : IDomainEngine
{
    private readonly NetworkContextBuilder contexts;
    private readonly NetworkRanker ranker;
    private readonly NetworkLearner learner;
    private readonly NetworkCheckpoint checkpoint;
    private readonly Verdict refoldScratch = new(NetworkLayout.Dimension);
    private ReferencePatterns patterns = ReferencePatterns.Empty;
    private ExceptionSet<NetworkContext> exceptions = new([], NetworkRuleFields.All);

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="options">Constants; validated here.</param>
    /// <param name="configurationVersion">Version of the configuration, written into every verdict.</param>
    /// <exception cref="OptionsException">A constant is out of range.</exception>
    public NetworkEngine(NetworkOptions options, int configurationVersion = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        ConfigurationVersion = configurationVersion;
        State = new NetworkState(options);
        contexts = new NetworkContextBuilder(options);
        ranker = new NetworkRanker(options, State);
        learner = new NetworkLearner(options, State, contexts.Sets);
        checkpoint = new NetworkCheckpoint(State);
    }

    /// <inheritdoc/>
    public string Domain => NetworkFlow.DomainName;

    /// <inheritdoc/>
    public int Dimension => NetworkLayout.Dimension;

    /// <inheritdoc/>
    public int EmbeddingVersion => NetworkLayout.Version;

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

    /// <summary>Signatures and exceptions in force. Replaced whole; takes effect with the next event.</summary>
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

    internal NetworkState State { get; }

    /// <inheritdoc/>
    public IDomainEngine MakeFresh() => new NetworkEngine(Options, ConfigurationVersion) { Patterns = patterns };

    /// <inheritdoc/>
    public string RouteOf(Severity severity) => Options.Routes.Of(severity);

    /// <inheritdoc/>
    public void Score(DomainEvent domainEvent, Verdict verdict)
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
        ScoreRule.Apply(Options.Severity, verdict);
        ranker.Rank(in context, verdict);
        if (verdict.IsAnomaly) verdict.SuppressedBy = FindException(in context, verdict);
        verdict.IsLearned = !verdict.IsAnomaly;
        learner.Prepare(in context, verdict);
    }

    /// <inheritdoc/>
    public void Learn(in ScoredEvent scored) => learner.Learn(in scored);

    /// <inheritdoc/>
    public void Refold(in ScoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored.Verdict);
        Score(stored.Event, refoldScratch);
        refoldScratch.Statistics.CopyTo(stored.Verdict.Statistics, 0);
        EmbedAnew(stored.Verdict, refoldScratch);
        learner.Learn(in stored);
    }

    /// <inheritdoc/>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq) => learner.ApplyLabel(in labelled, isFraud, previous, seq);

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

    private static void EmbedAnew(Verdict stored, Verdict scored)
    {
        if (stored.EmbeddingVersion == scored.EmbeddingVersion) return;
        scored.Embedding.CopyTo(stored.Embedding, 0);
        stored.LearnedDistance = scored.LearnedDistance;
        stored.EmbeddingVersion = scored.EmbeddingVersion;
    }

    private long FindException(in NetworkContext context, Verdict verdict) => exceptions.Find(
        in context, context.Event.PrimaryEntityType, context.Event.SourceAddress, context.Event.OccurredAt, verdict.Embedding, verdict.EmbeddingVersion);
}
