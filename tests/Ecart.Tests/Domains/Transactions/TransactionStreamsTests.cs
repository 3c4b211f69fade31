using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Numerics;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>Streaming detectors that a configuration names: each account has its own, they are part of its state, and their evidence says what drove it.</summary>
public sealed class TransactionStreamsTests
{
    public static TheoryData<string> Kinds => [.. StreamDetectorOptions.Kinds];

    [Fact]
    public void Kinds_AreAllStreamingDetectorsAndTheTimeSeries() => Assert.Equal(
        ["ew_mahalanobis", "half_space_trees", "incremental_knn", "incremental_lof", "random_cut_forest", "time_series"], StreamDetectorOptions.Kinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_RestartedFromACheckpointAndTheLog_EqualsTheUnbrokenRun(string kind)
    {
        var options = Of(kind);
        var log = LogCase.Make(3, days: 45).Entries;
        var unbroken = new LogCase.Runner(new TransactionEngine(options));
        unbroken.Run(log);
        var (checkpointed, stopped) = (log.Count / 2, log.Count * 3 / 4);

        var restarted = new LogCase.Runner(new TransactionEngine(options));
        var store = new StateStore();
        restarted.Run(log.Take(checkpointed));
        restarted.Checkpoint(store);
        restarted.Run(log.Take(stopped).Skip(checkpointed));
        restarted.Restart((TransactionEngine)new TransactionEngine(options).MakeFresh(), store, checkpointed);
        restarted.Run(log.Skip(stopped));

        Assert.Equal(unbroken.Verdicts, restarted.Verdicts);
        Assert.NotEqual(WithoutStreams(log), unbroken.Verdicts);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_AccountsDroppedAndRestored_EqualsTheEngineThatKeepsAll(string kind)
    {
        var log = LogCase.Make(2, days: 40).Entries;
        var unbounded = new LogCase.Runner(new TransactionEngine(Of(kind)));
        unbounded.Run(log);
        var bounded = new LogCase.Runner(new TransactionEngine(Of(kind)));

        bounded.RunBounded(log, new StateStore(), 4, new SeededRandom(2));

        Assert.Equal(unbounded.Verdicts, bounded.Verdicts);
    }

    [Fact]
    public void RestoreEntity_DetectorsThatAreNotNamedAnyMore_AreForgotten()
    {
        var store = new StateStore();
        var runner = new LogCase.Runner(new TransactionEngine(Of("incremental_knn")));
        runner.Run(LogCase.Make(2, days: 30).Entries);
        runner.Checkpoint(store);
        var engine = new TransactionEngine(Of("ew_mahalanobis"));

        store.RestoreTo(engine);

        Assert.All(engine.State.Accounts.All, account => Assert.Null(account.Streams[0]));
    }

    [Fact]
    public void RestoreEntity_DamagedDetector_SaysWhoseStateAndWhatToDo()
    {
        var store = new StateStore();
        var runner = new LogCase.Runner(new TransactionEngine(Of("ew_mahalanobis")));
        runner.Run(LogCase.Make(2, days: 30).Entries);
        runner.Checkpoint(store);
        var (type, id, format, state) = store.Entities.First(entity => entity.Type == "account");
        state[^40] ^= 1;

        var error = Assert.Throws<StateFormatException>(() => new TransactionEngine(Of("ew_mahalanobis")).RestoreEntity(type, id, 0, 1, format, state));

        Assert.Contains($"account '{id}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("ecart profiles rebuild", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_AmountFarFromTheAccountsOwn_IsEvidenceNamingIt(string kind)
    {
        var run = new EngineRun(Of(kind));
        for (int i = 0; i < 160; i++)
        {
            run.Feed(TransactionCase.At(i * 360, 20 + (i % 7), "A1"));
            run.Feed(TransactionCase.At((i * 360) + 5, 2000 + (i % 11), "A2"));
        }

        var verdict = run.Score(TransactionCase.At(160 * 360, 2000, "A1"));

        var finding = Assert.Single(verdict.Evidence.ToArray(), evidence => evidence.Code == EvidenceCode.OfDetector(kind));
        Assert.Contains("log_amount", finding.Subject, StringComparison.Ordinal);
        Assert.True(finding.Contribution > 0);
        Assert.InRange(finding.Significance, 1e-9, 0.05);
    }

    [Fact]
    public void Score_WholeLayout_NamesItsFeatures()
    {
        var run = new EngineRun(With(new StreamDetectorOptions { Kind = "ew_mahalanobis", Fields = ["layout"], TailProbability = 0.05, Maximum = 0.2 }));
        for (int i = 0; i < 160; i++) run.Feed(TransactionCase.At(i * 360, 20 + (i % 7), "A1"));

        var verdict = run.Score(TransactionCase.At(160 * 360, 2000, "A1"));

        Assert.Contains(verdict.Evidence.ToArray(), evidence => evidence.Code == EvidenceCode.Outlier && TransactionLayout.FeatureNames.Any(evidence.Subject!.Contains));
    }

    [Fact]
    public void Learn_AnotherEventThanTheLastScored_IsRefused()
    {
        var engine = new TransactionEngine(Of("ew_mahalanobis"));
        var verdict = new Verdict(TransactionLayout.Dimension);
        var first = TransactionCase.At(0, 20, "A1");
        engine.Score(first, verdict);
        engine.Score(TransactionCase.At(1, 20, "A2"), verdict);

        Assert.Throws<InvalidOperationException>(() => engine.Learn(new ScoredEvent(first, verdict, 0, 1)));
    }

    [Theory]
    [InlineData("""{"stream_detectors":[{"kind":"none"}]}""", "stream_detectors[0].kind")]
    [InlineData("""{"stream_detectors":[{"kind":"ew_mahalanobis","fields":["colour"]}]}""", "'colour'")]
    [InlineData("""{"stream_detectors":[{"kind":"time_series","fields":["log_amount","hour_sin"]}]}""", "one field")]
    [InlineData("""{"stream_detectors":[{"kind":"time_series","fields":["layout"]}]}""", "one field")]
    [InlineData("""{"stream_detectors":[{"kind":"random_cut_forest","fields":["layout"],"points":1024}]}""", "bytes")]
    [InlineData("""{"stream_detectors":[{"kind":"ew_mahalanobis"},{"kind":"ew_mahalanobis"}]}""", "named once")]
    [InlineData("""{"stream_detectors":[{"kind":"ew_mahalanobis","points":8}]}""", "stream_detectors[0].points")]
    public void Deserialize_WrongStreamDetectors_NamesWhatIsWrong(string json, string named) =>
        Assert.Contains(named, Assert.Throws<OptionsException>(() => TransactionOptionsJson.Deserialize(json)).Message, StringComparison.Ordinal);

    internal static TransactionOptions Of(string kind) => With(new StreamDetectorOptions { Kind = kind, TailProbability = 0.05, Maximum = 0.2 });

    private static TransactionOptions With(StreamDetectorOptions one) => new() { StreamDetectors = [one] };

    private static List<string> WithoutStreams(IEnumerable<LogCase.Entry> log)
    {
        var runner = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        runner.Run(log);
        return runner.Verdicts;
    }
}
