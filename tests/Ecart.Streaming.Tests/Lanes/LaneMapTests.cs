using System.IO.Hashing;
using System.Text;
using Ecart.Streaming.Lanes;
using Xunit;

namespace Ecart.Streaming.Tests.Lanes;

public sealed class LaneMapTests
{
    [Theory]
    [InlineData("transactions", "A1")]
    [InlineData("transactions", "")]
    [InlineData("network", "漢字🦊")]
    public void LaneOf_Entity_IsTheDocumentedHash(string domain, string entity)
    {
        ulong hash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{domain}\0{entity}"));
        Assert.Equal((int)(hash % 64), LaneMap.LaneOf(domain, entity));
    }

    [Fact]
    public void LaneOf_LongEntity_NeedsNoRoomOnTheStack()
    {
        string entity = new('é', 10_000);
        Assert.Equal((int)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"transactions\0{entity}")) % 64), LaneMap.LaneOf("transactions", entity));
    }

    [Fact]
    public void LaneOf_ManyEntities_FillsLanesEvenly()
    {
        int[] counts = new int[LaneMap.Count];
        for (int i = 0; i < 64_000; i++) counts[LaneMap.LaneOf("transactions", $"account {i}")]++;
        Assert.InRange(counts.Min(), 850, 1000);
        Assert.InRange(counts.Max(), 1000, 1150);
    }

    [Theory]
    [InlineData("transactions", "sim-1-1", 38)]
    [InlineData("transactions", "C00001", 53)]
    public void LaneOf_StoredLog_NeverChanges(string domain, string entity, int lane) => Assert.Equal(lane, LaneMap.LaneOf(domain, entity));
}
