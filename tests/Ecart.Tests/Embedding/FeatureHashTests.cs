using System.IO.Hashing;
using System.Text;
using CsCheck;
using Ecart.Embedding;
using Xunit;

namespace Ecart.Tests.Embedding;

/// <summary>The values are part of stored embeddings: a change of any of them breaks every profile ever written.</summary>
public sealed class FeatureHashTests
{
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    public void Of_PublishedTestVectors_GivesXxh64(string text, ulong expected) => Assert.Equal(expected, FeatureHash.Of(text));

    [Fact]
    public void Of_Null_IsZero() => Assert.Equal(0UL, FeatureHash.Of(null));

    [Fact]
    public void Of_AnyTextShortOrLong_HashesItsUtf8() => Gen.String[Gen.Char.AlphaNumeric, 0, 2000].Sample(text =>
        Assert.Equal(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text + "é漢")), FeatureHash.Of(text + "é漢")), seed: "0000KOIbCd64", iter: 500);

    [Theory]
    [InlineData("groceries", 50, 12)]
    [InlineData("electronics", 50, 48)]
    [InlineData("FR", 30, 19)]
    [InlineData("US", 30, 6)]
    [InlineData("M000001", 8, 3)]
    public void Bucket_FixedTexts_StaysWhereItIs(string text, int buckets, int expected) => Assert.Equal(expected, FeatureHash.Bucket(text, buckets));

    [Fact]
    public void Bucket_ManyTexts_SpreadEvenly()
    {
        var counts = new int[30];
        for (var i = 0; i < 30_000; i++) counts[FeatureHash.Bucket($"merchant-{i}", counts.Length)]++;

        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
    }
}
