using Ecart.Detection;
using Ecart.Domains.Iot.Calibration;
using Ecart.Domains.Iot.Detectors;
using Ecart.Domains.Iot.Outlook;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>
/// Scores measurements of devices: every signal against its own baseline and its own series, all signals of a calibrated device together, and what is wrong with
/// sensors. No I/O; no allocation for a measurement of a signal already known. Not thread-safe: one scoring thread.
/// </summary>
public sealed class IotEngine : IDomainEngine
{
    private readonly IotOptions options;
    private readonly IotContextBuilder contexts;
    private readonly IotRanker ranker;
    private readonly ModelEvidence modelEvidence;
    private readonly IotLearner learner;
    private readonly IotCheckpoint checkpoint;
    private readonly Verdict refoldScratch = new(IotLayout.Dimension);
    private ReferencePatterns patterns = ReferencePatterns.Empty;
    private ExceptionSet<IotContext> exceptions = new([], IotRuleFields.All);

    /// <summary>Makes an engine that knows nothing yet but the calibration.</summary>
    /// <param name="options">Constants; validated here.</param>
    /// <param name="configurationVersion">Version of the configuration, written into every verdict.</param>
    /// <param name="models">
    /// Trained models in force; null for none. Of them the calibration of devices counts, and the detectors: distances are in the layout's own units, so that no
    /// learned embedding takes its place. Devices without a calibration learn for themselves.
    /// </param>
    /// <exception cref="OptionsException">A constant is out of range, or a model takes vectors of another length.</exception>
    public IotEngine(IotOptions options, int configurationVersion = 1, DomainModels? models = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Models = models ?? DomainModels.None;
        Models.Validate(IotLayout.Dimension);
        this.options = options;
        ConfigurationVersion = configurationVersion;
        State = new IotState(options, Models.Calibration);
        contexts = new IotContextBuilder(options, State);
        ranker = new IotRanker(options);
        modelEvidence = new ModelEvidence(options.Detectors, options.Rank.Worth, Models, IotLayout.FeatureNames);
        learner = new IotLearner(options, State, contexts.Reading);
        checkpoint = new IotCheckpoint(options, State);
    }

    /// <inheritdoc/>
    public string Domain => IotMeasurement.DomainName;

    /// <inheritdoc/>
    public int Dimension => IotLayout.Dimension;

    /// <inheritdoc/>
    public int EmbeddingVersion => IotLayout.Version;

    /// <summary>The constants by which it scores.</summary>
    public IotOptions Options => options;

    /// <summary>Trained models in force.</summary>
    public DomainModels Models { get; }

    /// <inheritdoc/>
    public int HistoryDays => 0;

    /// <inheritdoc/>
    public double FlagThreshold => options.Severity.Flag;

    /// <inheritdoc/>
    public string EntityType => IotCheckpoint.DeviceType;

    /// <inheritdoc/>
    public int ResidentEntities => State.Devices.Count;

    /// <inheritdoc/>
    public int ChangedEntities => State.Devices.ChangedCount;

    /// <summary>Version of the configuration that scores.</summary>
    public int ConfigurationVersion { get; }

    /// <summary>Signatures and exceptions in force. Replaced whole; takes effect with the next event.</summary>
    public ReferencePatterns Patterns
    {
        get => patterns;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            exceptions = new ExceptionSet<IotContext>(value.Exceptions, IotRuleFields.All);
            patterns = value;
        }
    }

    /// <summary>Exceptions among <see cref="Patterns"/> that silence nothing because their rules are wrong.</summary>
    public IReadOnlyList<ExceptionNotice> PatternNotices => exceptions.Notices;

    internal IotState State { get; }

    /// <inheritdoc/>
    public IDomainEngine MakeFresh() => new IotEngine(options, ConfigurationVersion, Models) { Patterns = patterns };

    /// <inheritdoc/>
    public string RouteOf(Severity severity) => options.Routes.Of(severity);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is not finite, or beyond <see cref="IotMeasurement.MaximumMagnitude"/>.</exception>
    public void Score(DomainEvent domainEvent, Verdict verdict) => Score(domainEvent, verdict, withModels: true);

    /// <inheritdoc/>
    public void Learn(in ScoredEvent scored) => learner.Learn(in scored);

    /// <inheritdoc/>
    public void Refold(in ScoredEvent stored)
    {
        // What models would say is in the stored verdict; asking them again would be most of the time that a start takes.
        Score(stored.Event, refoldScratch, withModels: false);
        refoldScratch.Statistics.CopyTo(stored.Verdict.Statistics, 0);
        learner.Learn(in stored);
    }

    /// <inheritdoc/>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq) => learner.ApplyLabel(in labelled, isFraud, previous, seq);

    /// <inheritdoc/>
    public IOtherCounts NewOthers() => new IotOthers(options);

    /// <inheritdoc/>
    public void UseOthers(IOtherCounts others) => State.Others = ((IotOthers)others).State;

    /// <inheritdoc/>
    public void WriteCheckpoint(IStateSink sink) => checkpoint.Write(sink);

    /// <inheritdoc/>
    public void KeepCheckpoint() => State.Devices.KeepCheckpoint();

    /// <inheritdoc/>
    public bool TryUse(string entityId) => State.Devices.TryUse(entityId);

    /// <inheritdoc/>
    public int Evict(int mostResident) => State.Devices.Evict(mostResident);

    /// <inheritdoc/>
    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, lane, seq, format, state);

    /// <inheritdoc/>
    public void RestoreHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        // The domain keeps no verdict history.
    }

    /// <summary>The profiles of the signals in memory, and one of all signals together for each device, as SQL users are to see them.</summary>
    public IEnumerable<PublishedIotProfile> PublishProfiles() => State.Devices.All.SelectMany(IotPublication.Of);

    /// <summary>How a signal of a device in memory is doing as of its newest hour; unknown for one that is not.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="signal">The signal.</param>
    public DeviceOutlook OutlookOf(string deviceId, string signal) =>
        State.Devices.TryGet(deviceId, out DeviceState? device) && device.FindSignal(signal) is { } known ? known.Outlook : DeviceOutlook.Unknown;

    private void Score(DomainEvent domainEvent, Verdict verdict, bool withModels)
    {
        var measurement = (IotMeasurement)domainEvent;
        verdict.Clear();
        verdict.EmbeddingVersion = EmbeddingVersion;
        verdict.ConfigurationVersion = ConfigurationVersion;
        // A calibration is known before the first measurement is: it is there as soon as it is looked at.
        DeviceState? device = FindDevice(measurement.DeviceId);
        IotContext context = contexts.Build(measurement, device, patterns, verdict, out bool isLate);
        if (isLate)
        {
            verdict.IsLate = true;
            verdict.Score = double.NaN;
            verdict.RankScore = double.NaN;
            return;
        }

        verdict.DistanceToProfile = contexts.Reading.Distance;
        foreach (IEventDetector<IotContext> detector in IotDetectors.All) detector.Evaluate(in context, verdict);
        double learnedEvidence = withModels ? modelEvidence.Evaluate(context.Embedding, verdict) : 0;
        ScoreRule.Apply(options.Severity, verdict);
        ranker.Rank(contexts.Reading, verdict, learnedEvidence);
        ScoreRule.ApplyRelevance(options.Severity, verdict);
        if (verdict.IsAnomaly || patterns.AsksEveryEvent) verdict.SuppressedBy = FindException(in context, verdict);
        verdict.IsLearned = !verdict.IsAnomaly && contexts.Reading.IsNormal;
        learner.Prepare(verdict);
    }

    private DeviceState? FindDevice(string deviceId)
    {
        if (State.Devices.TryGet(deviceId, out DeviceState? device)) return device;
        if (Models.Calibration.Find(deviceId) is null) return null;
        State.Devices.Put(device = State.NewDevice(deviceId));
        return device;
    }

    private long FindException(in IotContext context, Verdict verdict) => exceptions.Find(
        in context,
        context.Event.PrimaryEntityType,
        context.Event.DeviceId,
        context.Event.OccurredAt,
        verdict.Embedding,
        verdict.EmbeddingVersion);
}
