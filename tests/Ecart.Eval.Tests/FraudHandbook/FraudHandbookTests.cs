using Ecart.Eval.FraudHandbook;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.FraudHandbook;

/// <summary>The public set itself. Skipped where it is absent.</summary>
public sealed class FraudHandbookTests
{
    [Fact]
    public void Score_PublishedWeekWithFeedback_ReachesBars()
    {
        FraudHandbookFigures figures = Measure(isFeedback: true);

        Assert.Equal((58_264, 385), (figures.Rows, figures.Frauds));
        Assert.True(figures.RocAuc >= 0.85, $"AUC {figures.RocAuc}");
        Assert.True(figures.AveragePrecision >= 0.48, $"average precision {figures.AveragePrecision}");
        Assert.True(figures.CardPrecisionAt100 >= 0.285, $"card precision@100 {figures.CardPrecisionAt100}");
    }

    [Fact]
    public void Score_PublishedWeekWithoutLabels_SeesAllButCompromisedTerminals()
    {
        Require.LongRun();
        FraudHandbookFigures figures = Measure(isFeedback: false);

        ScenarioFigures Of(string scenario) => figures.Scenarios.Single(kind => kind.Scenario == scenario);
        Assert.Equal((58_264, 385), (figures.Rows, figures.Frauds));
        Assert.Equal(1, Of("1").Recall);
        Assert.InRange(Of("2").RocAuc, 0.4, 0.6);
        Assert.True(Of("3").RocAuc >= 0.95, $"AUC of leaked cards {Of("3").RocAuc}");
    }

    private static FraudHandbookFigures Measure(bool isFeedback)
    {
        FraudHandbookSplit split = FraudHandbookSplit.Published;
        IReadOnlyList<string> paths = FraudHandbookFiles.Select(
            TestData.RequireSet(FraudHandbookFiles.SetName), split.Training, split.Test);
        IReadOnlyList<ScoredTransaction> transactions = new FraudHandbookRun(split, new LabelUse(isFeedback, false)).Score(paths, TimeProvider.System, _ => { });
        return FraudHandbookFigures.Of(split.Select(transactions));
    }
}
