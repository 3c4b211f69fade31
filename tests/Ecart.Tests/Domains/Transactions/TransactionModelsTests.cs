using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Learning;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionModelsTests
{
    private static readonly VersionedTrees Eager = new(102, Deciding(above: 0.9, below: 0.8));
    private static readonly VersionedTrees Lazy = new(103, Deciding(above: 0.2, below: 0.1));

    [Fact]
    public void Score_Champion_SetsTheRankScoreAndNothingElse()
    {
        var (without, with) = (new EngineRun().WithHabit(), new EngineRun().WithHabit());
        with.Engine.VerdictModels = new VerdictModels(Eager, null);

        Verdict plain = without.Score(TransactionCase.At(0, 5000));
        Verdict judged = with.Score(TransactionCase.At(0, 5000));

        Assert.Equal((0.9, 102), (Math.Round(judged.RankScore, 6), judged.ModelVersion));
        Assert.Equal(0.8, with.Score(TransactionCase.At(0)).RankScore, 1e-6);
        Assert.Equal((plain.Score, plain.Surprise, plain.IsLearned, plain.Severity), (judged.Score, judged.Surprise, judged.IsLearned, judged.Severity));
        Assert.Equal((0, 0), (plain.ModelVersion, judged.ShadowVersion));
        Assert.True(double.IsNaN(judged.ShadowProbability));
    }

    [Fact]
    public void Score_Challenger_OnlyLeavesItsProbability()
    {
        var (without, with) = (new EngineRun().WithHabit(), new EngineRun().WithHabit());
        with.Engine.VerdictModels = new VerdictModels(null, Lazy);

        Verdict plain = without.Score(TransactionCase.At(0, 5000));
        Verdict judged = with.Score(TransactionCase.At(0, 5000));

        Assert.Equal((plain.RankScore, plain.Score, 0), (judged.RankScore, judged.Score, judged.ModelVersion));
        Assert.Equal((0.2, 103), (Math.Round(judged.ShadowProbability, 6), judged.ShadowVersion));
    }

    [Fact]
    public void Models_TrainedOnOtherFeatures_AreRefused()
    {
        var other = new VersionedTrees(7, new BoostedTrees(["a"], [~0], [], [1], 1, 0));

        var error = Assert.Throws<DetectorInputException>(() => new EngineRun().Engine.VerdictModels = new VerdictModels(null, other));

        Assert.Contains("Model 7 was trained on other features", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_SimulatedStream_AreFiniteAndNamedOnce()
    {
        var run = new EngineRun();
        run.Engine.KeepsFeatures = true;
        foreach (SimulatedTransaction simulated in Simulate())
        {
            run.Feed(simulated.Event);
            foreach (float value in run.Engine.Features) Assert.True(float.IsFinite(value));
        }

        Assert.Equal(TransactionFeatures.Count, TransactionFeatures.Names.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Fraud at a merchant shows in the features of a later event there once its label is known, and not elsewhere.</summary>
    [Fact]
    public void Features_LabelledFraudAtMerchant_BeginsARun()
    {
        var run = new EngineRun();
        run.Engine.KeepsFeatures = true;
        for (int i = 0; i < 5; i++) run.Feed(TransactionCase.At(i, account: $"V{i}", merchant: "bad"));
        run.Score(TransactionCase.At(8 * 1440, account: "X", merchant: "bad"));
        Assert.Equal(0, Feature(run, "merchant_run_frauds"));
        for (int i = 0; i < 5; i++) run.Label(FormattableString.Invariant($"V{i}-{i}"), isFraud: true);

        run.Score(TransactionCase.At(8 * 1440, account: "X", merchant: "bad"));
        Assert.Equal((5, 8), (Feature(run, "merchant_run_frauds"), Feature(run, "merchant_days_since_run_began")));
        run.Score(TransactionCase.At(8 * 1440, account: "X", merchant: "good"));
        Assert.Equal(0, Feature(run, "merchant_run_frauds"));
    }

    [Fact]
    public void Score_WithModels_AllocatesNothing()
    {
        var run = new EngineRun().WithHabit();
        run.Engine.VerdictModels = new VerdictModels(Eager, Lazy);
        TransactionEvent transaction = TransactionCase.At(0, 5000);
        var verdict = new Verdict(TransactionLayout.Dimension);
        run.Engine.Score(transaction, verdict);

        Assert.Equal(0, Allocation.Of(() =>
        {
            run.Engine.Score(transaction, verdict);

        }));
    }

    private static float Feature(EngineRun run, string name) => run.Engine.Features[TransactionFeatures.Names.ToList().IndexOf(name)];

    private static IEnumerable<SimulatedTransaction> Simulate() =>
        new TransactionSimulator(new TransactionSimulatorOptions { Seed = 5, Accounts = 50, Merchants = 20, Days = 30, QuietDays = 10, IncidentsPerDay = 2 }).Generate();

    /// <summary>One tree that looks at the amount: above 1,000 or not.</summary>
    private static BoostedTrees Deciding(double above, double below) => new(
        TransactionFeatures.Names,
        [0],
        [new TreeNode(0, (float)Math.Log(1001), ~0, ~1, 0)],
        [Math.Log(below / (1 - below)), Math.Log(above / (1 - above))],
        slope: 1,
        intercept: 0);
}
