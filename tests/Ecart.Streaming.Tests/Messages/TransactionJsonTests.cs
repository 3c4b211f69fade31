using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Messages;
using Ecart.Streaming.Tests.Pipeline;
using Xunit;

namespace Ecart.Streaming.Tests.Messages;

public sealed class TransactionJsonTests
{
    private static readonly RecordPosition Position = new("test", 0, 0, IsLine: false);

    [Fact]
    public void Write_Transactions_AreReadBackTheSame()
    {
        var decoder = new JsonEventDecoder(new TransactionDecoder());

        foreach (TransactionEvent original in CardStream.Events(41, accounts: 20, days: 5))
        {
            DecodedRecord decoded = decoder.Decode(TransactionJson.Write(original), Position);
            TransactionEvent read = Assert.IsType<TransactionEvent>(decoded.Event);

            Assert.Equal(
                (original.EventUid, original.OccurredAt, original.AccountId, original.Amount, original.ScoredAmount, original.Currency, original.MerchantId),
                (read.EventUid, read.OccurredAt, read.AccountId, read.Amount, read.ScoredAmount, read.Currency, read.MerchantId));
            Assert.Equal(
                (original.MerchantCategory, original.Channel, original.Country, original.City, original.Latitude, original.Longitude, original.DeviceId),
                (read.MerchantCategory, read.Channel, read.Country, read.City, read.Latitude, read.Longitude, read.DeviceId));
            Assert.Equal((original.IpAddress, original.UtcOffsetMinutes), (read.IpAddress, read.UtcOffsetMinutes));
            Assert.Equal(original.UserAgentHash is null, read.UserAgentHash is null);
        }
    }

    [Fact]
    public void Write_Label_IsReadBackTheSame()
    {
        Label original = CardStream.LabelOf(CardStream.Events(41, accounts: 2, days: 2)[0], true);

        Assert.True(new JsonLabelDecoder("transactions").TryDecode(TransactionJson.Write(original), Position, out Label? read, out _));

        Assert.Equal(original, read);
    }
}
