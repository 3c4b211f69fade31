using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Embedding;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>Transactions embedded by a trained model: the same log gives the same state, whichever version its events were embedded by.</summary>
public sealed class LearnedEmbeddingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Lazy<DomainModels> Trained = new(() => Train([.. LogCase.Make(3, days: 45).Entries.Where(entry => entry.Label is null).Select(entry => entry.Event)]));

    [Fact]
    public void Score_LearnedEmbedding_IsTheModelsOfTheLayout()
    {
        var plain = new EngineRun().WithHabit();
        var learned = new EngineRun(models: Trained.Value).WithHabit();

        var (expected, actual) = (plain.Score(TransactionCase.At(0)), learned.Score(TransactionCase.At(0)));

        var embedding = new float[TransactionLayout.Dimension];
        Trained.Value.Embedding!.Embed(expected.Embedding, embedding);
        Assert.Equal((1, 101), (expected.EmbeddingVersion, actual.EmbeddingVersion));
        Assert.Equal(expected.Embedding, actual.Layout.ToArray());
        Assert.Equal(embedding, actual.Embedding);
        Assert.False(expected.HasLayout);
    }

    [Fact]
    public void Profile_LearnedEmbedding_HasTheMeanOfTheVectorsAsCentroid()
    {
        var run = new EngineRun(models: Trained.Value);
        float[][] vectors = [.. Enumerable.Range(0, 12).Select(day => run.Feed(TransactionCase.At(day * 1440, 20 + day)).Embedding)];
        var centroid = new float[TransactionLayout.Dimension];

        run.Engine.State.Accounts.All.Single().Profile.Summarize(TransactionContextBuilder.DayOf(TransactionCase.At(12 * 1440).OccurredAt), centroid);

        for (var j = 0; j < centroid.Length; j++) Assert.Equal(vectors.Average(vector => vector[j]), centroid[j], 1e-4);
        Assert.True(VectorMath.Distance(centroid, new float[centroid.Length]) > 1.2);
    }

    [Fact]
    public void Score_StrangeEvent_IsFarByTheLearnedEmbeddingToo()
    {
        var run = new EngineRun(models: Trained.Value).WithHabit(device: "D1");

        var usual = run.Score(TransactionCase.At(0, 21, device: "D1"));
        var strange = run.Score(TransactionCase.At(700, 900, merchant: "M000777", device: "D2", category: "games", country: "US"));

        Assert.Null(usual.Find(EvidenceCode.BehaviorDistance));
        Assert.True(strange.Require(EvidenceCode.BehaviorDistance).Significance > 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Score_ChangedToALearnedEmbeddingAndRestarted_EqualsTheRunThatWasOnlyChanged(ulong seed)
    {
        var log = LogCase.Make(seed, days: 45).Entries;
        var (changed, stopped) = (log.Count / 2, log.Count * 3 / 4);
        var unbroken = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        unbroken.Run(log.Take(changed));
        unbroken.Restart(NewLearned(), new StateStore(), 0);
        unbroken.Run(log.Skip(changed));

        var restarted = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        restarted.Run(log.Take(changed));
        restarted.Restart(NewLearned(), new StateStore(), 0);
        restarted.Run(log.Take(stopped).Skip(changed));
        var store = new StateStore();
        restarted.Checkpoint(store);
        var checkpointed = restarted.Count;
        restarted.Restart(NewLearned(), store, checkpointed);
        restarted.Run(log.Skip(stopped).Take(40));
        restarted.Restart(NewLearned(), new StateStore(), 0);
        restarted.Run(log.Skip(stopped + 40));

        Assert.Equal(unbroken.Verdicts, restarted.Verdicts);
    }

    [Fact]
    public void Score_ChangedThereAndBack_HasTheDistancesOfARunThatNeverChanged()
    {
        TransactionEvent[] events = [.. Enumerable.Range(0, 40).Select(i => TransactionCase.At(i * 700, 20 + (i % 7)))];
        var entries = events.Select(transaction => new LogCase.Entry(transaction, null)).ToArray();
        var never = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        never.Run(entries);
        var changed = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        changed.Run(entries.Take(15));
        changed.Restart(NewLearned(), new StateStore(), 0);
        changed.Run(entries.Take(30).Skip(15));
        changed.Restart(new TransactionEngine(TransactionOptions.Default), new StateStore(), 0);
        changed.Run(entries.Skip(30));

        Assert.Equal(never.Verdicts.Skip(30), changed.Verdicts.Skip(30));
        Assert.NotEqual(never.Verdicts[15..30], changed.Verdicts[15..30]);
    }

    [Fact]
    public void ApplyLabel_FraudOfAnotherVersion_LeavesNothingOfItsVector()
    {
        var fraud = TransactionCase.At(5000, 20, uid: "fraud");
        LogCase.Entry[] habit = [.. Enumerable.Range(0, 12).Select(i => new LogCase.Entry(TransactionCase.At(i * 1440, 20 + i), null))];
        var with = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        with.Run([.. habit.Take(4), new LogCase.Entry(fraud, null), .. habit.Skip(4)]);
        var engine = NewLearned();
        with.Restart(engine, new StateStore(), 0);
        var before = Centroid(engine);

        with.Run([new LogCase.Entry(fraud, true)]);
        with.Run([new LogCase.Entry(fraud, false)]);

        var again = Centroid(engine);
        for (var j = 0; j < again.Length; j++) Assert.Equal(before[j], again[j], 1e-4);
        with.Run([new LogCase.Entry(fraud, true)]);
        Assert.Equal(12, Summary(engine).Count);
    }

    [Fact]
    public void Score_ClusterOfTheLayout_IsNotComparedWithALearnedVector()
    {
        var run = new EngineRun(models: Trained.Value)
        {
            Patterns = new ReferencePatterns([new BehaviorCluster("layout", new float[256], 0.1, 1), new BehaviorCluster("learned", new float[256], 2, 101)], [], []),
        };

        var evidence = run.Score(TransactionCase.At(0)).Require(EvidenceCode.OutsideClusters);

        Assert.Equal("learned", evidence.Subject);
        Assert.Equal(Math.Min(0.4, evidence.Observed / 2), evidence.Contribution, 1e-12);
    }

    [Theory]
    [InlineData(100, 128)]
    [InlineData(101, 64)]
    public void Engine_ModelThatDoesNotFit_IsRefused(int version, int inputs)
    {
        var model = PcaWhitening.Fit(Ecart.Tests.Embedding.PcaWhiteningTests.Correlated(inputs, 50, 1), PcaWhiteningOptions.Default, Cancellation);

        Assert.Throws<OptionsException>(() => new TransactionEngine(TransactionOptions.Default, 1, new DomainModels { Embedding = new LearnedEmbedding(version, model) }));
    }

    internal static DomainModels Train(TransactionEvent[] events)
    {
        var engine = new TransactionEngine(TransactionOptions.Default);
        var rows = new Matrix(events.Length, TransactionLayout.Dimension);
        for (var i = 0; i < events.Length; i++)
        {
            var verdict = new Verdict(TransactionLayout.Dimension);
            engine.Score(events[i], verdict);
            engine.Learn(new ScoredEvent(events[i], verdict, 0, i + 1));
            verdict.Embedding.CopyTo(rows.Row(i));
        }

        return new DomainModels { Embedding = new LearnedEmbedding(101, PcaWhitening.Fit(rows, PcaWhiteningOptions.Default, Cancellation)) };
    }

    private static TransactionEngine NewLearned() => new(TransactionOptions.Default, 1, Trained.Value);

    private static float[] Centroid(TransactionEngine engine)
    {
        var centroid = new float[TransactionLayout.Dimension];
        Account(engine).Profile.Summarize(Day, centroid);
        return centroid;
    }

    private static Ecart.Profiles.ProfileSummary Summary(TransactionEngine engine) => Account(engine).Profile.Summarize(Day, []);

    private static AccountState Account(TransactionEngine engine) => engine.State.Accounts.All.Single();

    private static int Day => TransactionContextBuilder.DayOf(TransactionCase.At(12 * 1440).OccurredAt);
}
