using Ecart.Domains.Transactions;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionLayoutTests
{
    [Fact]
    public void FeatureNames_EveryPosition_HasOneOfItsOwn()
    {
        Assert.Equal(TransactionLayout.Dimension, TransactionLayout.FeatureNames.Count);
        Assert.Equal(TransactionLayout.Dimension, TransactionLayout.FeatureNames.Distinct().Count());
        Assert.DoesNotContain(null, TransactionLayout.FeatureNames);
        Assert.Equal(TransactionLayout.Dimension, TransactionLayout.Address + TransactionLayout.AddressBuckets);
    }

    [Theory]
    [InlineData(0, "amount")]
    [InlineData(4, "day_cos")]
    [InlineData(5, "channel#online")]
    [InlineData(9, "channel#mobile")]
    [InlineData(10, "category#0")]
    [InlineData(60, "country#0")]
    [InlineData(90, "position_x")]
    [InlineData(93, "since_previous")]
    [InlineData(103, "count_hour")]
    [InlineData(111, "foreign_currency")]
    [InlineData(112, "merchant#0")]
    [InlineData(120, "device#0")]
    [InlineData(127, "address#3")]
    public void FeatureNames_StoredPositions_NeverMove(int position, string name) => Assert.Equal(name, TransactionLayout.FeatureNames[position]);
}
