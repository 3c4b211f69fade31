using Ecart.Eval.Plants;
using Xunit;

namespace Ecart.Eval.Tests.Plants;

public sealed class AlarmCountsTests
{
    [Fact]
    public void Of_OneRowOfEachKindAndMore_GivesTheThreeFigures()
    {
        AlarmCounts counts = AlarmCounts.Of([true, true, true, false, false, false, false], [true, true, false, true, false, false, false]);

        Assert.Equal(new AlarmCounts(2, 1, 3, 1), counts);
        Assert.Equal(7, counts.Rows);
        Assert.Equal(4.0 / 6, counts.F1, 1e-12);
        Assert.Equal(0.25, counts.FalseAlarmRate);
        Assert.Equal(1.0 / 3, counts.MissingAlarmRate, 1e-12);
    }

    [Fact]
    public void Sum_OfFiles_PoolsRowsNotFigures()
    {
        AlarmCounts pooled = new AlarmCounts(1, 0, 1, 0) + new AlarmCounts(0, 9, 0, 1);

        Assert.Equal(2.0 / 12, pooled.F1, 1e-12);
        Assert.Equal(0.9, pooled.FalseAlarmRate, 1e-12);
    }

    [Fact]
    public void Figures_WithoutRows_AreZero()
    {
        AlarmCounts counts = AlarmCounts.Of([], []);

        Assert.Equal((0, 0, 0), (counts.F1, counts.FalseAlarmRate, counts.MissingAlarmRate));
    }
}
