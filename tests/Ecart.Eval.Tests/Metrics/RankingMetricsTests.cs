using CsCheck;
using Ecart.Eval.Metrics;
using Xunit;

namespace Ecart.Eval.Tests.Metrics;

public sealed class RankingMetricsTests
{
    private const double Precision = 1e-12;

    /// <summary>Few distinct scores, so that ties are the rule.</summary>
    private static Gen<ScoredLabel[]> GenEvents =>
        Gen.Select(Gen.Int[0, 12], Gen.Bool, (score, isPositive) => new ScoredLabel(score / 4.0, isPositive)).Array[1, 80];

    [Fact]
    public void RocAuc_KnownCase_CountsPairs() =>
        // Positives .35 and .8 against negatives .1 and .4: three of four pairs are in order.
        Assert.Equal(0.75, RankingMetrics.RocAuc([new(0.1, false), new(0.4, false), new(0.35, true), new(0.8, true)]), Precision);

    [Fact]
    public void RocAuc_AllTied_IsHalf() =>
        Assert.Equal(0.5, RankingMetrics.RocAuc([new(1, true), new(1, false), new(1, false)]), Precision);

    [Fact]
    public void RocAuc_OneKindOnly_IsUndefined()
    {
        Assert.True(double.IsNaN(RankingMetrics.RocAuc([new(1, true)])));
        Assert.True(double.IsNaN(RankingMetrics.RocAuc([new(1, false), new(2, false)])));
    }

    [Fact]
    public void RocAuc_AnyEvents_EqualsCountOfPairs() => GenEvents.Sample(
        events => AssertSame(CountPairs(events), RankingMetrics.RocAuc(events)), seed: "0000KOIbCd64", iter: 2000);

    [Fact]
    public void AveragePrecision_KnownCase_AveragesPrecisionAtHits() =>
        // Hits at ranks 1 and 3: (1 + 2/3) / 2, the example of scikit-learn's average_precision_score.
        Assert.Equal(
            5.0 / 6, RankingMetrics.AveragePrecision([new(0.1, false), new(0.4, false), new(0.35, true), new(0.8, true)]), Precision);

    [Fact]
    public void AveragePrecision_AllTied_IsShareOfPositives() =>
        Assert.Equal(0.25, RankingMetrics.AveragePrecision([new(1, true), new(1, false), new(1, false), new(1, false)]), Precision);

    [Fact]
    public void AveragePrecision_NoPositive_IsUndefined() =>
        Assert.True(double.IsNaN(RankingMetrics.AveragePrecision([new(1, false)])));

    [Fact]
    public void AveragePrecision_AnyEvents_EqualsSumOverThresholds() => GenEvents.Sample(
        events => AssertSame(SumOverThresholds(events), RankingMetrics.AveragePrecision(events)), seed: "0000KOIbCd64", iter: 2000);

    private static void AssertSame(double expected, double actual)
    {
        if (double.IsNaN(expected)) Assert.True(double.IsNaN(actual));
        else Assert.Equal(expected, actual, Precision);
    }

    private static double CountPairs(ScoredLabel[] events)
    {
        double won = 0;
        double pairs = 0;
        foreach (ScoredLabel positive in events.Where(item => item.IsPositive))
        {
            foreach (ScoredLabel negative in events.Where(item => !item.IsPositive))
            {
                pairs++;
                if (positive.Score > negative.Score) won++;
                else if (positive.Score == negative.Score) won += 0.5;
            }
        }

        return won / pairs;
    }

    private static double SumOverThresholds(ScoredLabel[] events)
    {
        double positives = events.Count(item => item.IsPositive);
        double sum = 0;
        double recallBefore = 0;
        foreach (double threshold in events.Select(item => item.Score).Distinct().OrderDescending())
        {
            ScoredLabel[] above = [.. events.Where(item => item.Score >= threshold)];
            double hits = above.Count(item => item.IsPositive);
            sum += ((hits / positives) - recallBefore) * (hits / above.Length);
            recallBefore = hits / positives;
        }

        return sum;
    }
}
