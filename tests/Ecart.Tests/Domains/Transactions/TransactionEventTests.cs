using Ecart.Domains.Transactions;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionEventTests
{
    [Fact]
    public void ContentHash_FixedEvent_StaysTheSameForEver() => Assert.Equal(
        6295315768064924448UL, TransactionCase.At(0, 120, device: "D1", address: "192.0.2.7", latitude: 48.86, longitude: 2.35).ContentHash);

    [Fact]
    public void ContentHash_OnlyTheUidDiffers_IsTheSame() =>
        Assert.Equal(TransactionCase.At(0, uid: "a").ContentHash, TransactionCase.At(0, uid: "b").ContentHash);

    [Fact]
    public void ContentHash_AnyPartDiffers_Differs()
    {
        TransactionEvent[] events =
        [
            TransactionCase.At(0), TransactionCase.At(1), TransactionCase.At(0, 21), TransactionCase.At(0, account: "A2"), TransactionCase.At(0, merchant: null),
            TransactionCase.At(0, merchant: ""), TransactionCase.At(0, device: "M1", merchant: null), TransactionCase.At(0, address: "192.0.2.7"),
            TransactionCase.At(0, category: "fuel"), TransactionCase.At(0, country: "DE"), TransactionCase.At(0, channel: TransactionChannel.Atm),
            TransactionCase.At(0, latitude: 1, longitude: 2), TransactionCase.At(0, latitude: 2, longitude: 1), TransactionCase.At(0, currency: "USD"),
            TransactionCase.At(0, device: new string('d', 128), address: new string('e', 900)), TransactionCase.At(0, device: new string('d', 129), address: new string('e', 899)),
        ];

        Assert.Equal(events.Length, events.Select(transaction => transaction.ContentHash).Distinct().Count());
    }

    [Fact]
    public void LocalTime_AcrossMidnight_IsAheadOfUtc()
    {
        var transaction = TransactionCase.At(11.5 * 60, offsetMinutes: 330);

        Assert.Equal(new DateTime(2025, 3, 4, 5, 0, 0), transaction.LocalTime);
    }
}
