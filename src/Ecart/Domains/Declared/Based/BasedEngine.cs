using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Domains.Declared.Based;

/// <summary>
/// Scores the events of a domain that is declared over the base transactions: the base's state and detectors, by the declared fields, encoders and constants. No
/// allocation for an event whose entity is known already and which a decoder has just made. Not thread-safe: one scoring thread.
/// </summary>
public sealed class BasedEngine : IDomainEngine
{
    private const int OtherLayout = -1;
    private readonly DeclaredSchema schema;
    private readonly TransactionEngine engine;
    private readonly Verdict scratch = new(TransactionLayout.Dimension);
    private ReferencePatterns patterns = ReferencePatterns.Empty;

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="declaration">The domain; validated here.</param>
    /// <param name="configurationVersion">Version of the declaration, written into every verdict.</param>
    /// <param name="models">Trained models in force; null for none.</param>
    /// <exception cref="OptionsException">The declaration cannot be used.</exception>
    public BasedEngine(DomainDeclaration declaration, int configurationVersion = 1, DomainModels? models = null)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        declaration.Validate();
        Declaration = declaration;
        ConfigurationVersion = configurationVersion;
        schema = TransactionFields.SchemaOf(declaration);
        EncoderLayout<TransactionContext>? layout = declaration.Encoders.Count == 0 ? null : LayoutOf(declaration);
        FeatureNames = layout?.FeatureNames ?? TransactionLayout.FeatureNames;
        TransactionEmbedding embedding = layout is null ? TransactionEmbedder.Embed : layout.Embed;
        engine = new TransactionEngine(declaration.Transactions ?? TransactionOptions.Default, configurationVersion, models, embedding);
    }

    /// <summary>The domain.</summary>
    public DomainDeclaration Declaration { get; }

    /// <summary>Version of the configuration that scores.</summary>
    public int ConfigurationVersion { get; }

    /// <summary>Days a profile looks back.</summary>
    public int WindowDays => engine.Options.Profile.WindowDays;

    /// <inheritdoc/>
    public string Domain => Declaration.Name;

    /// <inheritdoc/>
    public int Dimension => engine.Dimension;

    /// <inheritdoc/>
    public int EmbeddingVersion => engine.EmbeddingVersion == TransactionLayout.Version ? Declaration.LayoutVersion : engine.EmbeddingVersion;

    /// <inheritdoc/>
    public string EntityType => engine.EntityType;

    /// <inheritdoc/>
    public int ResidentEntities => engine.ResidentEntities;

    /// <inheritdoc/>
    public int ChangedEntities => engine.ChangedEntities;

    /// <inheritdoc/>
    public int HistoryDays => engine.HistoryDays;

    /// <inheritdoc/>
    public double FlagThreshold => engine.FlagThreshold;

    /// <summary>Clusters, signatures and exceptions in force. Replaced whole; takes effect with the next event.</summary>
    public ReferencePatterns Patterns
    {
        get => patterns;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            patterns = value;
            // The base knows its entities under its own name, and its layout by its own number.
            engine.Patterns = new ReferencePatterns(
                [.. value.Clusters.Select(one => one with { EmbeddingVersion = BaseVersion(one.EmbeddingVersion) })],
                [.. value.Signatures.Select(one => one with { EmbeddingVersion = BaseVersion(one.EmbeddingVersion) })],
                [
                    .. value.Exceptions.Select(one => one with
                    {
                        EntityType = one.EntityType == Declaration.Entity ? engine.EntityType : one.EntityType,
                        EmbeddingVersion = BaseVersion(one.EmbeddingVersion),
                    }),
                ])
            { AsksEveryEvent = value.AsksEveryEvent };
        }
    }

    /// <summary>Exceptions among <see cref="Patterns"/> that silence nothing because their rules are wrong.</summary>
    public IReadOnlyList<ExceptionNotice> PatternNotices => engine.PatternNotices;

    /// <inheritdoc/>
    public IDomainEngine MakeFresh() => new BasedEngine(Declaration, ConfigurationVersion, engine.Models) { Patterns = patterns };

    /// <inheritdoc/>
    public string RouteOf(Severity severity) => engine.RouteOf(severity);

    /// <inheritdoc/>
    public void Score(DomainEvent domainEvent, Verdict verdict)
    {
        engine.Score(BasedOf(domainEvent), verdict);
        verdict.EmbeddingVersion = EmbeddingVersion;
    }

    /// <summary>Name of each float of the layout.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>How much each feature of the layout drove the distance of an event from what is usual for its entity; see <see cref="TransactionEngine.ExplainDistance"/>.</summary>
    public bool ExplainDistance(DeclaredEvent declared, Span<double> contributions) => engine.ExplainDistance((TransactionEvent)BasedOf(declared), contributions);

    /// <inheritdoc/>
    public void Learn(in ScoredEvent scored)
    {
        ScoredEvent based = scored with { Event = BasedOf(scored.Event) };
        engine.Learn(in based);
    }

    /// <inheritdoc/>
    public void Refold(in ScoredEvent stored)
    {
        ScoredEvent based = BaseVersion(in stored);
        engine.Refold(in based);
        stored.Verdict.EmbeddingVersion = EmbeddingVersion;
    }

    /// <inheritdoc/>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq)
    {
        ScoredEvent based = BaseVersion(in labelled);
        engine.ApplyLabel(in based, isFraud, previous, seq);
        labelled.Verdict.EmbeddingVersion = EmbeddingVersion;
    }

    /// <inheritdoc/>
    public IOtherCounts NewOthers() => engine.NewOthers();

    /// <inheritdoc/>
    public void UseOthers(IOtherCounts others) => engine.UseOthers(others);

    /// <inheritdoc/>
    public void WriteCheckpoint(IStateSink sink) => engine.WriteCheckpoint(sink);

    /// <inheritdoc/>
    public void KeepCheckpoint() => engine.KeepCheckpoint();

    /// <inheritdoc/>
    public bool TryUse(string entityId) => engine.TryUse(entityId);

    /// <inheritdoc/>
    public int Evict(int mostResident) => engine.Evict(mostResident);

    /// <inheritdoc/>
    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
        engine.RestoreEntity(entityType, entityId, lane, seq, format, state);

    /// <inheritdoc/>
    public void RestoreHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days) => engine.RestoreHistory(entityType, entityId, days);

    /// <summary>The profiles of the entities in memory as SQL users are to see them.</summary>
    /// <param name="asOf">Event time from which the window is looked at; null for each entity's own newest event.</param>
    public IEnumerable<PublishedEntityProfile> PublishProfiles(DateTime? asOf) => engine.PublishProfiles(asOf, onlyChanged: false).Select(profile => new PublishedEntityProfile(
        Declaration.Entity, profile.AccountId, profile.Centroid, profile.ObservationCount, profile.DistanceMean, profile.DistanceDeviation, profile.Lane, profile.Seq));

    /// <summary>Where the encoders write.</summary>
    internal static EncoderLayout<TransactionContext> LayoutOf(DomainDeclaration declaration) =>
        new(declaration.Encoders, declaration.Constant, TransactionLayout.Dimension, static (_, field) => TransactionFeatureFields.Of(field));

    /// <summary>A stored event with its embedding of the base's version. A vector of another layout tells nothing here: the event is embedded anew.</summary>
    private ScoredEvent BaseVersion(in ScoredEvent stored)
    {
        DomainEvent based = BasedOf(stored.Event);
        Verdict verdict = stored.Verdict;
        if (verdict.EmbeddingVersion != EmbeddingVersion)
        {
            engine.Score(based, scratch);
            scratch.Embedding.CopyTo(verdict.Embedding, 0);
            if (scratch.HasLayout) scratch.Layout.CopyTo(verdict.UseLayout());
            verdict.LearnedDistance = scratch.LearnedDistance;
        }

        verdict.EmbeddingVersion = engine.EmbeddingVersion;
        return stored with { Event = based };
    }

    /// <summary>The base numbers its one layout itself.</summary>
    private int BaseVersion(int version) =>
        version == Declaration.LayoutVersion ? TransactionLayout.Version : version == TransactionLayout.Version ? OtherLayout : version;

    private DomainEvent BasedOf(DomainEvent domainEvent)
    {
        var declared = (DeclaredEvent)domainEvent;
        return declared.Based ??= TransactionFields.Transact(declared.In(schema));
    }
}
