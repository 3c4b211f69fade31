using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Embedding;
using Ecart.Events;
using Ecart.Learning;
using Ecart.Scoring;
using Ecart.TestKit;
using Ecart.Tests.Domains.Transactions;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Domains;

/// <summary>
/// What every engine that takes models owes: they are asked and named, they are part of the state or make it anew, and old and new vectors never mix.
/// </summary>
public abstract class ModelledEngineContract
{
    private const int Embedding = 101;
    private static readonly string[] Trained = ["hbos", "knn"];
    private readonly Lazy<DomainModels> models;

    protected ModelledEngineContract() => models = new(Train);

    public static TheoryData<string> Kinds => [.. StreamDetectorOptions.Kinds];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A stream in the order of event time, with something strange in it.</summary>
    internal abstract DomainEvent[] Events { get; }

    /// <summary>The same stream, so many times its length later.</summary>
    internal abstract DomainEvent[] Later(int pass);

    /// <summary>An event that no habit of the stream explains, after its end, of an entity that is in it.</summary>
    internal abstract DomainEvent Strange { get; }

    /// <summary>An event after the end of the stream, of an entity that is not in it.</summary>
    internal abstract DomainEvent OfNewEntity { get; }

    /// <summary>Names of the layout.</summary>
    internal abstract IReadOnlyList<string> LayoutNames { get; }

    /// <summary>An engine whose configuration names detectors.</summary>
    internal abstract IModelledEngine Make(DomainModels models, IReadOnlyList<LearnedDetectorOptions> detectors, IReadOnlyList<StreamDetectorOptions> streams);

    /// <summary>Puts clusters in force.</summary>
    internal abstract void SetClusters(IModelledEngine engine, ReferencePatterns patterns);

    [Fact]
    public void Score_LearnedEmbedding_IsTheModelsOfTheLayout()
    {
        IModelledEngine plain = Make(DomainModels.None);
        IModelledEngine learned = Make(EmbeddingOnly);
        var (expected, actual) = (new Verdict(plain.Dimension), new Verdict(plain.Dimension));
        plain.Score(Events[0], expected);
        learned.Score(Events[0], actual);

        var embedding = new float[plain.Dimension];
        models.Value.Embedding!.Embed(expected.Embedding, embedding);
        Assert.Equal((plain.LayoutVersion, Embedding), (expected.EmbeddingVersion, actual.EmbeddingVersion));
        Assert.Equal((plain.LayoutVersion, Embedding), (plain.EmbeddingVersion, learned.EmbeddingVersion));
        Assert.Equal(expected.Embedding, actual.Layout.ToArray());
        Assert.Equal(embedding, actual.Embedding);
    }

    [Fact]
    public void Score_ChangedToALearnedEmbeddingAndRestarted_EqualsTheRunThatWasOnlyChanged()
    {
        int changed = Events.Length / 3, checkpointed = Events.Length / 2, stopped = Events.Length * 2 / 3;
        var unbroken = new Run(Make(DomainModels.None));
        unbroken.Score(Events[..changed]);
        unbroken.Restart(Make(models.Value, streams: [Of("ew_mahalanobis")]), null, 0);
        unbroken.Score(Events[changed..]);

        var restarted = new Run(Make(DomainModels.None));
        restarted.Score(Events[..changed]);
        restarted.Restart(Make(models.Value, streams: [Of("ew_mahalanobis")]), null, 0);
        restarted.Score(Events[changed..checkpointed]);
        var store = new Store();
        restarted.Engine.WriteCheckpoint(store);
        restarted.Score(Events[checkpointed..stopped]);
        restarted.Restart((IModelledEngine)restarted.Engine.MakeFresh(), store, checkpointed);
        restarted.Score(Events[stopped..]);

        Assert.Equal(unbroken.Verdicts, restarted.Verdicts);
        Assert.Contains(unbroken.Verdicts[changed..], line => line.Contains("Outlier", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_StreamDetectorRestartedFromACheckpoint_EqualsTheUnbrokenRun(string kind)
    {
        int checkpointed = Events.Length / 2;
        var unbroken = new Run(Make(DomainModels.None, streams: [Of(kind)]));
        unbroken.Score(Events);
        var restarted = new Run(Make(DomainModels.None, streams: [Of(kind)]));
        restarted.Score(Events[..checkpointed]);
        var store = new Store();
        restarted.Engine.WriteCheckpoint(store);
        restarted.Restart(Make(DomainModels.None, streams: [Of(kind)]), store, checkpointed);
        restarted.Score(Events[checkpointed..]);
        var without = new Run(Make(DomainModels.None));
        without.Score(Events);

        Assert.Equal(unbroken.Verdicts, restarted.Verdicts);
        Assert.NotEqual(without.Verdicts, unbroken.Verdicts);
    }

    [Fact]
    public void Score_StreamDetectorOfTheLayout_NamesItsFeatures()
    {
        var run = new Run(Make(DomainModels.None, streams: [Of("ew_mahalanobis") with { Fields = [StreamDetectorOptions.Layout] }]));
        string[] subjects = [.. run.Score(Events).Select(verdict => verdict.Find(EvidenceCode.Outlier)?.Subject).OfType<string>()];

        Assert.NotEmpty(subjects);
        Assert.All(subjects.SelectMany(subject => subject.Split(", ")), feature => Assert.Contains(feature, LayoutNames));
    }

    [Fact]
    public void RestoreEntity_StreamDetectorsThatAreNotNamedAnyMore_AreForgotten()
    {
        var run = new Run(Make(DomainModels.None, streams: [Of("ew_mahalanobis")]));
        run.Score(Events);
        var store = new Store();
        run.Engine.WriteCheckpoint(store);
        IModelledEngine without = Make(DomainModels.None);

        store.RestoreTo(without);

        var again = new Store();
        without.WriteCheckpoint(again);
        Assert.True(without.ResidentEntities > 0);
        Assert.Contains(store.Names, name => name.Contains("ew_mahalanobis", StringComparison.Ordinal));
        Assert.DoesNotContain(again.Names, name => name.Contains("ew_mahalanobis", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none", "stream_detectors[0].kind")]
    [InlineData("ew_mahalanobis,colour", "'colour'")]
    public void Make_WrongStreamDetector_NamesWhatIsWrong(string detector, string named)
    {
        string[] parts = detector.Split(',');
        var one = new StreamDetectorOptions { Kind = parts[0], Fields = parts[1..] };

        Assert.Contains(named, Assert.Throws<OptionsException>(() => Make(DomainModels.None, streams: [one])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_TrainedDetector_IsNamedWithItsFeaturesAndCountsInTheRankAlone()
    {
        var with = new Run(Make(models.Value with { Embedding = null }));
        var without = new Run(Make(DomainModels.None));
        with.Score(Events);
        without.Score(Events);

        Verdict expected = without.Score([Strange])[0];
        Verdict actual = with.Score([Strange])[0];

        foreach (string code in (string[])[EvidenceCode.Outlier, EvidenceCode.Density])
        {
            Evidence evidence = actual.Require(code);
            Assert.All(evidence.Subject!.Split(", "), feature => Assert.Contains(feature, LayoutNames));
            Assert.Equal(0, evidence.Contribution);
            Assert.Null(expected.Find(code));
        }

        Assert.Equal(expected.Score, actual.Score);
        Assert.True(actual.RankScore > expected.RankScore);
    }

    [Fact]
    public void Score_NewEntityOutsideTheClusters_IsEvidence()
    {
        IModelledEngine engine = Make(EmbeddingOnly);
        SetClusters(engine, new ReferencePatterns([
            new BehaviorCluster("layout", new float[256], 0.1, engine.LayoutVersion), new BehaviorCluster("learned", new float[256], 0.2, Embedding),
        ], [], []));
        var verdict = new Verdict(engine.Dimension);

        engine.Score(OfNewEntity, verdict);

        Evidence evidence = verdict.Require(EvidenceCode.OutsideClusters);
        Assert.Equal("learned", evidence.Subject);
        Assert.InRange(evidence.Contribution, 0.001, 0.4);
    }

    [Fact]
    public void Score_ChampionAndChallenger_OneRanksAndTheOtherLeavesItsProbability()
    {
        var verdicts = new VerdictModels(Constant(0.9, 102), Constant(0.2, 103));
        IModelledEngine with = Make(DomainModels.None with { Verdicts = verdicts });
        IModelledEngine without = Make(DomainModels.None);
        var (judged, plain) = (new Verdict(with.Dimension), new Verdict(with.Dimension));

        with.Score(Events[0], judged);
        without.Score(Events[0], plain);

        Assert.Equal((0.9, 102, 0.2, 103), (Math.Round(judged.RankScore, 6), judged.ModelVersion, Math.Round(judged.ShadowProbability, 6), judged.ShadowVersion));
        Assert.Equal((plain.Score, plain.Surprise, plain.IsLearned, plain.Severity), (judged.Score, judged.Surprise, judged.IsLearned, judged.Severity));
        Assert.Equal(verdicts, ((IModelledEngine)with.MakeFresh()).VerdictModels);
        Assert.Throws<DetectorInputException>(() => without.VerdictModels = new VerdictModels(null, new(7, new BoostedTrees(["a"], [~0], [], [1], 1, 0))));

        VersionedTrees Constant(double probability, int version) =>
            new(version, new BoostedTrees(Make(DomainModels.None).FeatureNames, [~0], [], [Math.Log(probability / (1 - probability))], 1, 0));
    }

    [Fact]
    public void Features_WholeStream_AreFiniteAndNamedOnce()
    {
        IModelledEngine engine = Make(DomainModels.None);
        engine.KeepsFeatures = true;
        var verdict = new Verdict(engine.Dimension);
        var moved = new HashSet<int>();
        float[] first = [];
        long seq = 0;
        foreach (DomainEvent one in Events)
        {
            engine.Score(one, verdict);
            engine.Learn(new ScoredEvent(one, verdict, 0, ++seq));
            if (first.Length == 0) first = engine.Features.ToArray();
            for (int i = 0; i < first.Length; i++)
            {
                Assert.True(float.IsFinite(engine.Features[i]), engine.FeatureNames[i]);
                if (engine.Features[i] != first[i]) moved.Add(i);
            }
        }

        Assert.Equal(engine.FeatureNames.Count, engine.FeatureNames.Distinct(StringComparer.Ordinal).Count());
        Assert.True(moved.Count > engine.FeatureNames.Count / 2, "only these features ever change: " + string.Join(", ", moved.Select(i => engine.FeatureNames[i])));
    }

    [Theory]
    [InlineData("embedding")]
    [InlineData("detectors")]
    [InlineData("streams")]
    [InlineData("features")]
    public void ScoreAndLearn_WarmEngineWithModels_AllocatesNothing(string what)
    {
        // A small sample is soon full, and with much evidence every text has soon been told.
        DomainModels given = what switch
        {
            "embedding" => EmbeddingOnly,
            "detectors" => models.Value with { Embedding = null },
            _ => DomainModels.None,
        };
        IModelledEngine engine = Make(given, streams: what == "streams" ? [Of("ew_mahalanobis") with { Points = 16, TailProbability = 0.3 }] : []);
        engine.KeepsFeatures = what == "features";
        var verdict = new Verdict(engine.Dimension);
        long seq = 0;
        const int Warm = 12;
        for (int pass = 0; pass < Warm; pass++) Process(Later(pass));

        Assert.Equal(0, Allocation.Of(run => Later(Warm + run), Process));

        void Process(DomainEvent[] events)
        {
            foreach (DomainEvent one in events)
            {
                engine.Score(one, verdict);
                engine.Learn(new ScoredEvent(one, verdict, 0, ++seq));
            }
        }
    }

    internal static StreamDetectorOptions Of(string kind) => new() { Kind = kind, TailProbability = 0.05, Maximum = 0.05 };

    private DomainModels EmbeddingOnly => new() { Embedding = models.Value.Embedding };

    private IModelledEngine Make(DomainModels models, IReadOnlyList<StreamDetectorOptions>? streams = null) =>
        Make(models, [.. Trained.Select(kind => new LearnedDetectorOptions { Kind = kind, TailProbability = 0.05 })], streams ?? []);

    /// <summary>Learns from what is normal in the stream.</summary>
    private DomainModels Train()
    {
        var run = new Run(Make(DomainModels.None));
        float[][] normal = [.. run.Score(Events).Where(verdict => verdict.IsLearned).Select(verdict => verdict.Layout.ToArray()).Where((_, i) => i % 4 == 0)];
        var rows = new Matrix(normal.SelectMany(row => row).ToArray(), normal.Length, run.Engine.Dimension);
        var detectors = new List<LearnedDetector>();
        foreach (string kind in Trained)
        {
            BatchDetector detector = BatchDetectors.Make(kind);
            detector.Fit(rows, Cancellation);
            detectors.Add(new LearnedDetector(Embedding + 1 + detectors.Count, detector));
        }

        return new DomainModels
        {
            Embedding = new LearnedEmbedding(Embedding, PcaWhitening.Fit(rows, PcaWhiteningOptions.Default, Cancellation)),
            Detectors = detectors,
        };
    }

    /// <summary>An engine with the log that it makes.</summary>
    private sealed class Run(IModelledEngine engine)
    {
        private readonly List<ScoredEvent> log = [];

        public IModelledEngine Engine { get; private set; } = engine;

        public List<string> Verdicts { get; } = [];

        public Verdict[] Score(DomainEvent[] events)
        {
            var made = new List<Verdict>();
            foreach (DomainEvent one in events)
            {
                var verdict = new Verdict(Engine.Dimension);
                Engine.Score(one, verdict);
                var scored = new ScoredEvent(one, verdict, 0, log.Count + 1);
                Engine.Learn(in scored);
                log.Add(scored);
                made.Add(verdict);
                Verdicts.Add(verdict.Fingerprint());
            }

            return [.. made];
        }

        /// <summary>Goes on with another engine: a checkpoint, then the log after it.</summary>
        public void Restart(IModelledEngine fresh, Store? checkpoint, int checkpointed)
        {
            checkpoint?.RestoreTo(fresh);
            foreach (ScoredEvent stored in log.Skip(checkpointed)) fresh.Refold(Read(in stored));
            Engine = fresh;
        }

        /// <summary>As a store is read: each time anew, without what the log does not keep.</summary>
        private static ScoredEvent Read(in ScoredEvent stored)
        {
            Verdict verdict = stored.Verdict;
            var kept = new Verdict(verdict.Embedding.Length);
            kept.Clear();
            verdict.Embedding.CopyTo(kept.Embedding, 0);
            if (verdict.HasLayout) verdict.Layout.CopyTo(kept.UseLayout());
            kept.EmbeddingVersion = verdict.EmbeddingVersion;
            kept.DistanceToProfile = verdict.DistanceToProfile;
            kept.Surprise = verdict.Surprise;
            kept.LearnedDistance = verdict.LearnedDistance;
            kept.LearnedValue = verdict.LearnedValue;
            kept.IsLate = verdict.IsLate;
            kept.IsLearned = verdict.IsLearned;
            foreach (ref readonly Evidence evidence in verdict.Evidence) kept.Add(in evidence);
            return stored with { Verdict = kept };
        }
    }

    private sealed class Store : IStateSink
    {
        private readonly Dictionary<(string Type, string Id), (int Lane, long Seq, int Format, byte[] State)> entities = [];

        public IEnumerable<string> Names => entities.Keys.Select(key => key.Id);

        public void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
            entities[(entityType, entityId)] = (lane, seq, format, state.ToArray());

        public void History(string entityType, string entityId, ReadOnlySpan<DayCount> days) => Assert.Fail("These domains keep no histories.");

        public void RestoreTo(IDomainEngine engine)
        {
            foreach (var ((type, id), entity) in entities) engine.RestoreEntity(type, id, entity.Lane, entity.Seq, entity.Format, entity.State);
        }
    }
}
