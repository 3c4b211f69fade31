using Xunit;

namespace Ecart.Learning.Tests;

public sealed class VerdictSampleTests
{
    [Fact]
    public void Add_MoreOrdinaryEventsThanKept_KeepsAllFraudsAndWeighsTheRest()
    {
        VerdictSample sample = VerdictCase.Sample(10_000, mostOrdinary: 500);

        WeightedRow[] rows = sample.Rows();
        Assert.Equal(10_000, sample.Frauds + sample.Ordinary);
        Assert.Equal(sample.Frauds, rows.Count(row => row.IsFraud));
        Assert.Equal(500, rows.Count(row => !row.IsFraud));
        Assert.Equal(10_000, rows.Sum(row => (double)row.Weight), 0.1);
    }

    [Fact]
    public void Add_LongStream_KeepsEarlyAndLateAlike()
    {
        var sample = new VerdictSample(["time"], 1000);
        for (int i = 0; i < 50_000; i++) sample.Add([i], false);

        Assert.InRange(sample.Rows().Average(row => row.Features[0]), 23_500, 26_500);
    }

    [Fact]
    public void Add_SameRowsTwice_GivesTheSameSample() =>
        Assert.Equal(VerdictCase.Sample(5000, mostOrdinary: 100).Rows().Select(row => row.Features[2]), VerdictCase.Sample(5000, mostOrdinary: 100).Rows().Select(row => row.Features[2]));

    [Fact]
    public void Add_WrongLength_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VerdictSample(VerdictCase.Features).Add([1, 2], false));
}
