using CsCheck;
using Ecart.MariaDb.Schema;
using Xunit;

namespace Ecart.MariaDb.Tests.Schema;

public sealed class PartitionLayoutTests
{
    private static readonly Partition Everything = Partition.Between(null, null);

    [Fact]
    public void PlanMonths_FirstRange_LeavesAGapOnBothSides() =>
        Assert.Equal("p_min p201804 p201805 p_max", Names(Ensure([Everything], At(2018, 4), At(2018, 5))));

    [Fact]
    public void PlanMonths_MonthsApart_AreDividedByANamedGap()
    {
        List<Partition> partitions = Ensure(Ensure([Everything], At(2018, 4), At(2018, 4)), At(2026, 11), At(2026, 11));

        Assert.Equal("p_min p201804 gap_201805 p202611 p_max", Names(partitions));
    }

    [Fact]
    public void PlanMonths_OneMonthLeftOfAGap_BecomesThatMonth()
    {
        List<Partition> partitions = Ensure(Ensure([Everything], At(2018, 4), At(2018, 4)), At(2018, 6), At(2018, 6));

        Assert.Equal("p_min p201804 p201805 p201806 p_max", Names(partitions));
    }

    /// <summary>Whatever is asked for, in any order: time stays covered without overlap, and every month asked for stands alone.</summary>
    [Fact]
    public void PlanMonths_AnyRanges_CoverAllTimeAndEveryMonth() =>
        Gen.Select(Gen.Int[24000, 24300], Gen.Int[0, 30]).Array[1, 8].Sample(
            ranges =>
            {
                List<Partition> partitions = [Everything];
                foreach ((int first, int length) in ranges)
                    partitions = Ensure(partitions, new Month(first), new Month(first + length));

                Assert.Null(partitions[0].From);
                Assert.Null(partitions[^1].Until);
                for (int i = 1; i < partitions.Count; i++)
                {
                    Assert.Equal(partitions[i - 1].Until, partitions[i].From);
                    Assert.True(partitions[i].Until is null || partitions[i].From < partitions[i].Until);
                }

                Assert.Equal(partitions.Count, partitions.Select(partition => partition.Name).Distinct().Count());
                foreach ((int first, int length) in ranges)
                {
                    for (int month = first; month <= first + length; month++)
                        Assert.Contains(partitions, partition => partition == Partition.OfMonth(new Month(month)));
                }
            },
            seed: "0000KOIKG0k4",
            iter: 500);

    private static Month At(int year, int month) => new((year * 12) + month - 1);

    private static string Names(IEnumerable<Partition> partitions) => string.Join(' ', partitions.Select(partition => partition.Name));

    private static List<Partition> Ensure(List<Partition> partitions, Month first, Month last)
    {
        Dictionary<Partition, IReadOnlyList<Partition>> cuts =
            PartitionLayout.PlanMonths(partitions, first, last).ToDictionary(cut => cut.Gap, cut => cut.Into);
        return [.. partitions.SelectMany(partition => cuts.TryGetValue(partition, out IReadOnlyList<Partition>? into) ? into : [partition])];
    }
}
