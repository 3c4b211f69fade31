using CsCheck;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class RecentSetTests
{
    private static readonly Gen<ulong[]> Hashes = Gen.ULong[0, 40].Array[0, 200];

    [Fact]
    public void Contains_AfterAnyAdds_EqualsANaiveQueue() => Gen.Select(Hashes, Gen.Int[1, 20]).Sample((hashes, capacity) =>
    {
        var set = new RecentSet(capacity);
        var queue = new Queue<ulong>();
        foreach (var hash in hashes)
        {
            set.Add(hash);
            if (queue.Contains(hash)) continue;
            if (queue.Count == capacity) queue.Dequeue();
            queue.Enqueue(hash);
        }

        Assert.Equal(queue.Count, set.Count);
        for (ulong hash = 0; hash <= 41; hash++) Assert.Equal(queue.Contains(hash), set.Contains(hash));
    }, seed: "0000KOIbCd64", iter: 1000);

    [Fact]
    public void Remove_WhatWasAdded_LeavesOnlyWhatOthersAddedToo() => Gen.Select(Hashes, Hashes).Sample((kept, removed) =>
    {
        var set = new RecentSet(64);
        foreach (var hash in kept.Concat(removed)) set.Add(hash);
        foreach (var hash in removed) set.Remove(hash);

        Assert.Equal(kept.Distinct().Count(), set.Count);
        Assert.All(kept, hash => Assert.True(set.Contains(hash)));
    }, seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void Remove_HashNeverSeen_ChangesNothing()
    {
        var set = new RecentSet(4);
        set.Add(1);
        set.Remove(2);

        Assert.Equal(1, set.Count);
    }
}
