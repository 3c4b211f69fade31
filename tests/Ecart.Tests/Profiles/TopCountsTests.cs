using CsCheck;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class TopCountsTests
{
    private static readonly Gen<string[]> Values = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 30]).Select((few, many) => $"v{(few < 3 ? few : many)}").Array[0, 300];

    [Fact]
    public void Add_FewerValuesThanItsCapacity_CountsExactly() => Values.Sample(values =>
    {
        var counts = Filled(values, 40);
        Assert.Equal(values.Length, counts.Total);
        foreach (var value in values.Append("never")) Assert.Equal(values.Count(other => other == value), counts.CountOf(value));
    }, seed: "0000KOIbCd64", iter: 300);

    [Fact]
    public void Add_MoreValues_NeverMissesAFrequentOneNorCountsItTooLow() => Gen.Select(Values, Gen.Int[1, 8]).Sample((values, capacity) =>
    {
        var counts = Filled(values, capacity);
        Assert.True(counts.Count <= capacity);
        foreach (var group in values.GroupBy(value => value).Where(group => group.Count() > values.Length / capacity))
            Assert.InRange(counts.CountOf(group.Key), group.Count(), group.Count() + (values.Length / capacity));
    }, seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void Remove_WhatWasAdded_UndoesIt() => Gen.Select(Values, Values).Sample((kept, removed) =>
    {
        var counts = Filled([.. kept, .. removed], 40);
        foreach (var value in removed) counts.Remove(value);
        Assert.Equal(kept.Length, counts.Total);
        Assert.Equal(kept.Distinct().Count(), counts.Count);
        foreach (var value in kept) Assert.Equal(kept.Count(other => other == value), counts.CountOf(value));
    }, seed: "0000KOIbCd64", iter: 300);

    [Fact]
    public void Remove_ValueNeverSeen_ChangesNothing()
    {
        var counts = Filled(["a", "b"], 4);
        counts.Remove("c");

        Assert.Equal((2, 2), (counts.Total, counts.Count));
    }

    [Fact]
    public void Add_ForEver_FollowsAChangeOfHabit()
    {
        var counts = Filled([.. Enumerable.Repeat("old", 10_000), .. Enumerable.Repeat("new", 9_000)], 4);

        Assert.True(counts.CountOf("new") > counts.CountOf("old"));
        Assert.InRange(counts.Total, 1, 4096);
        Assert.Equal(counts.Total, counts.CountOf("new") + counts.CountOf("old"));
    }

    private static TopCounts Filled(string[] values, int capacity)
    {
        var counts = new TopCounts(capacity);
        foreach (var value in values) counts.Add(value);
        return counts;
    }
}
