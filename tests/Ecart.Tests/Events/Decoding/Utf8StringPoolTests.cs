using System.Text;
using CsCheck;
using Ecart.Events.Decoding;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Events.Decoding;

public sealed class Utf8StringPoolTests
{
    [Fact]
    public void TryGet_KnownText_GivesTheSameStringWithoutAllocation()
    {
        var pool = new Utf8StringPool();
        var ascii = pool.Add("account-1"u8);
        var accented = pool.Add("é"u8);
        Assert.True(pool.TryGet("account-1"u8, out _));

        string? first = null, second = null;
        Assert.Equal(0, Allocation.Of(() => _ = pool.TryGet("account-1"u8, out first) & pool.TryGet("é"u8, out second)));

        Assert.Same(ascii, first);
        Assert.Same(accented, second);
    }

    [Fact]
    public void TryGet_MoreTextsThanCapacity_NeverGivesAnotherText() => Gen.Int[0, 50].Array[0, 500].Sample(
        numbers =>
        {
            var pool = new Utf8StringPool(capacity: 8);
            foreach (var number in numbers)
            {
                var expected = $"é{number}";
                var text = Encoding.UTF8.GetBytes(expected);
                Assert.Equal(expected, pool.TryGet(text, out var known) ? known : pool.Add(text));
            }
        },
        seed: "0000KOIbCd64", iter: 200);
}
