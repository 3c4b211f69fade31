using CsCheck;
using Ecart.Profiles;
using Ecart.Tests.Rules;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class CountTableTests
{
    [Fact]
    public void AddAndSubtract_AnyOrder_CountsAsADictionaryDoes()
    {
        foreach ((int Key, int Change)[] steps in SeededSamples.Of(Gen.Select(Gen.Int[0, 30], Gen.Int[-5, 9]).Array[0, 200], seed: 1, count: 300))
        {
            var table = new CountTable(64);
            var plain = new Dictionary<ulong, int>();
            foreach ((int key, int change) in steps)
            {
                ulong hash = (ulong)key * 7919;
                if (change >= 0) table.Add(hash, change);
                else table.Subtract(hash, -change);
                plain[hash] = Math.Max(0, plain.GetValueOrDefault(hash) + change);
            }

            Assert.All(plain, entry => Assert.Equal(entry.Value, table[entry.Key]));
            Assert.Equal(plain.Values.Sum(value => (long)value), table.Total);
        }
    }

    [Fact]
    public void Add_MoreThanItHolds_KeepsTheHeaviestAndItsSum()
    {
        var table = new CountTable(100);
        for (ulong key = 0; key < 20; key++) table.Add(key, 1000);
        for (ulong key = 1000; key < 3000; key++) table.Add(key, 1);

        Assert.InRange(table.Count, 1, 100);
        Assert.All(Enumerable.Range(0, 20), key => Assert.Equal(1000, table[(ulong)key]));
        Assert.Equal(table.ToArray().Sum(entry => (long)entry.Weight), table.Total);
    }

    [Fact]
    public void Halve_AndAddTable_AddUp()
    {
        var table = new CountTable(16);
        table.Add(1, 5);
        table.Add(2, 8);
        table.Halve();
        var sum = new CountTable(16);
        sum.Add(table);
        sum.Add(table);
        Assert.Equal((4, 8, 12L), (sum[1], sum[2], sum.Total));
    }
}
