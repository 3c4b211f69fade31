using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Ecart.TestKit;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>A trained detector beside the domain's own.</summary>
public sealed class LearnedDetectorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly TransactionEvent Strange = TransactionCase.At(
        700, 260, merchant: "M000777", device: "D2", category: "games", country: "US", channel: TransactionChannel.Wire);

    [Fact]
    public void Score_NoDetectorInForce_IsAsWithoutModels()
    {
        Verdict expected = new EngineRun(TransactionOptions.Default with { Detectors = [] }).WithHabit(device: "D1").Score(Strange);
        Verdict actual = new EngineRun().WithHabit(device: "D1").Score(Strange);

        Assert.Equal(expected.Fingerprint(), actual.Fingerprint());
    }

    [Theory]
    [InlineData("pca", EvidenceCode.Reconstruction)]
    [InlineData("hbos", EvidenceCode.Outlier)]
    [InlineData("knn", EvidenceCode.Density)]
    [InlineData("lof", EvidenceCode.Density)]
    public void Score_StrangeEvent_IsNamedWithItsFeaturesAndCountsInTheRank(string kind, string code)
    {
        var options = TransactionOptions.Default with { Detectors = [new LearnedDetectorOptions { Kind = kind, TailProbability = 0.02 }] };
        Verdict before = new EngineRun(options).WithHabit(device: "D1").Score(Strange);
        var run = new EngineRun(options, Train(kind)).WithHabit(device: "D1");

        Verdict usual = run.Score(TransactionCase.At(0, 21, device: "D1"));
        Verdict strange = run.Score(Strange);

        Assert.Null(usual.Find(code));
        Evidence evidence = strange.Require(code);
        Assert.True(evidence.Observed > evidence.Threshold && evidence.Threshold > evidence.Expected, $"{evidence}");
        Assert.InRange(evidence.Significance, double.Epsilon, 0.02);
        Assert.All(evidence.Subject!.Split(", "), feature => Assert.Contains(feature, TransactionLayout.FeatureNames));
        Assert.Equal((0, before.Score), (evidence.Contribution, strange.Score));
        Assert.True(strange.RankScore > before.RankScore);
    }

    [Theory]
    [InlineData("isolation_forest", EvidenceCode.Isolation)]
    [InlineData("extended_isolation_forest", EvidenceCode.Isolation)]
    [InlineData("autoencoder", EvidenceCode.Reconstruction)]
    [InlineData("hdbscan", EvidenceCode.Density)]
    [InlineData("mahalanobis", EvidenceCode.Outlier)]
    [InlineData("one_of_tomorrow", EvidenceCode.Outlier)]
    public void OfDetector_Kind_HasACode(string kind, string code) => Assert.Equal(code, EvidenceCode.OfDetector(kind));

    [Fact]
    public void Score_ConfiguredToCount_AddsToTheScoreWithTheTail()
    {
        var options = new LearnedDetectorOptions { Kind = "knn", TailProbability = 0.02, Maximum = 0.3 };
        var run = new EngineRun(TransactionOptions.Default with { Detectors = [options] }, Train("knn")).WithHabit(device: "D1");

        Evidence evidence = run.Score(Strange).Require(EvidenceCode.Density);

        Assert.Equal(options.Contribution(evidence.Significance), evidence.Contribution);
        Assert.InRange(evidence.Contribution, 0.01, 0.3);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.001, 0)]
    [InlineData(0.0001, 0.15)]
    [InlineData(0.00001, 0.3)]
    [InlineData(1e-300, 0.3)]
    public void Contribution_Tail_GrowsWithItsLogarithm(double tail, double expected) =>
        Assert.Equal(expected, new LearnedDetectorOptions { Kind = "knn", Maximum = 0.3 }.Contribution(tail), 1e-12);

    [Fact]
    public void Options_UnknownKind_NamesThoseThatThereAre()
    {
        var options = TransactionOptions.Default with { Detectors = [new LearnedDetectorOptions { Kind = "forest" }] };

        string message = Assert.Throws<OptionsException>(options.Validate).Message;

        Assert.Contains("detectors[0].kind", message, StringComparison.Ordinal);
        Assert.Contains("isolation_forest", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_KindTwice_IsRefused() => Assert.Throws<OptionsException>(
        (TransactionOptions.Default with { Detectors = [new() { Kind = "knn" }, new() { Kind = "knn" }] }).Validate);

    [Fact]
    public void Json_Detectors_AreReadBack()
    {
        var options = TransactionOptions.Default with { Detectors = [new() { Kind = "knn", Maximum = 0.2 }, new() { Kind = "isolation_forest" }] };

        Assert.Equal(options.Detectors, TransactionOptionsJson.Deserialize(TransactionOptionsJson.Serialize(options)).Detectors);
        Assert.Empty(TransactionOptionsJson.Deserialize("""{"detectors": []}""").Detectors);
        Assert.Single(TransactionOptionsJson.Deserialize("{}").Detectors);
    }

    [Fact]
    public void Score_TrainedDetectors_AllocatesNothing()
    {
        var options = TransactionOptions.Default with
        {
            Detectors = [.. BatchDetectors.All.Where(kind => kind is "isolation_forest" or "knn" or "lof").Select(kind => new LearnedDetectorOptions { Kind = kind })],
        };
        var models = new DomainModels { Detectors = [.. options.Detectors.Select(one => Train(one.Kind).Detectors[0])] };
        EngineRun run = new EngineRun(options, models).WithHabit(device: "D1");
        TransactionEvent usual = TransactionCase.At(0, 21, device: "D1");
        var verdict = new Verdict(TransactionLayout.Dimension);
        for (int i = 0; i < 50; i++) run.Engine.Score(usual, verdict);
        Assert.Equal(0, Allocation.Of(() => run.Engine.Score(usual, verdict)));
    }

    [Fact]
    public void Engine_DetectorOfAnotherDimension_IsRefused()
    {
        BatchDetector detector = BatchDetectors.Make("knn");
        detector.Fit(Ecart.Tests.Embedding.PcaWhiteningTests.Correlated(7, 100, 1), Cancellation);

        Assert.Throws<OptionsException>(() => new TransactionEngine(
            TransactionOptions.Default, 1, new DomainModels { Detectors = [new LearnedDetector(101, detector)] }));
    }

    /// <summary>Learns from what thirty accounts with much the same habits do.</summary>
    private static DomainModels Train(string kind)
    {
        var run = new EngineRun();
        List<float[]> vectors = [];
        for (int account = 0; account < 30; account++)
        {
            for (int day = -30; day < 0; day++)
            {
                var verdict = run.Feed(TransactionCase.At((day * 1440) + (-day % 7 * 20), 18 + (account % 5) + (-day % 6), $"A{account}", device: $"D{account}"));
                if (day > -20) vectors.Add(verdict.Embedding);
            }
        }

        BatchDetector detector = BatchDetectors.Make(kind);
        detector.Fit(new Matrix([.. vectors.SelectMany(vector => vector)], vectors.Count, TransactionLayout.Dimension), Cancellation);
        return new DomainModels { Detectors = [new LearnedDetector(101, detector)] };
    }
}
