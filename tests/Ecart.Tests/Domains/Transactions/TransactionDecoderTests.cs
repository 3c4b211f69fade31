using System.Globalization;
using CsCheck;
using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionDecoderTests
{
    [Fact]
    public void Decode_EveryField_IsKept()
    {
        var decoded = TransactionDecoderCase.Decode(
            ("merchant", "M1"), ("currency", "eur"), ("category", "books"), ("channel", "Online"), ("country", "fr"), ("city", "Évry"),
            ("latitude", "48.62"), ("longitude", "2.44"), ("device", "D1"), ("ip", "192.0.2.7"), ("user_agent", "Mozilla/5.0"),
            ("time_zone", "Europe/Paris"), ("label", "1"), ("label_known_at", "2018-04-08T00:00:00Z"), ("label_kind", "leaked_card"));

        var transaction = Assert.IsType<TransactionEvent>(decoded.Event);
        Assert.Equal(("T1", "A1", "M1", "EUR", "books"), (transaction.EventUid, transaction.AccountId, transaction.MerchantId, transaction.Currency, transaction.MerchantCategory));
        Assert.Equal((57.16m, 57.16), (transaction.Amount, transaction.ScoredAmount));
        Assert.Equal((TransactionChannel.Online, "FR", "Évry", 48.62, 2.44), (transaction.Channel, transaction.Country, transaction.City, transaction.Latitude, transaction.Longitude));
        Assert.Equal(("D1", "192.0.2.7"), (transaction.DeviceId, transaction.IpAddress));
        Assert.Matches("^[0-9a-f]{16}$", transaction.UserAgentHash);
        Assert.Equal(120, transaction.UtcOffsetMinutes);
        Assert.Equal(new TruthLabel(true, "leaked_card", new DateTime(2018, 4, 8, 0, 0, 0, DateTimeKind.Utc)), decoded.Truth);
    }

    [Fact]
    public void Decode_OnlyRequiredFields_TakesDefaults()
    {
        var transaction = TransactionDecoderCase.Event(("uid", string.Empty));

        Assert.Equal("cards.csv:7", transaction.EventUid);
        Assert.Equal((TransactionChannel.Pos, "EUR", (short)0), (transaction.Channel, transaction.Currency, transaction.UtcOffsetMinutes));
        Assert.Null(transaction.MerchantId ?? transaction.Country ?? transaction.City ?? transaction.DeviceId ?? transaction.IpAddress ?? transaction.UserAgentHash);
        Assert.False(transaction.HasPosition);
        Assert.Null(TransactionDecoderCase.Decode().Truth);
    }

    [Theory]
    [InlineData("0.005", "0.00")]
    [InlineData("0.015", "0.02")]
    [InlineData("0.025", "0.02")]
    [InlineData("0.0250000000000000000000000000000000000001", "0.03")]
    [InlineData("9999999999999.99", "9999999999999.99")]
    [InlineData("9999999999999.994", "9999999999999.99")]
    [InlineData("1.5e2", "150.00")]
    [InlineData("1e-40", "0.00")]
    [InlineData("-0", "0.00")]
    [InlineData("+00012", "12.00")]
    [InlineData(".5", "0.50")]
    [InlineData("7.", "7.00")]
    public void Decode_Amount_IsRoundedHalfToEven(string text, string expected) =>
        Assert.Equal(expected, TransactionDecoderCase.Event(("amount", text)).Amount.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Decode_AnyAmount_EqualsDecimalArithmetic() => Gen.Select(Gen.Long[0, 999_999_999_999], Gen.Int[0, 999_999])
        .Sample((whole, fraction) =>
        {
            var text = $"{whole}.{fraction:D6}";
            var expected = Math.Round(decimal.Parse(text, CultureInfo.InvariantCulture), 2, MidpointRounding.ToEven);
            var transaction = TransactionDecoderCase.Event(("amount", text));
            Assert.Equal(expected, transaction.Amount);
            Assert.Equal(double.Parse(expected.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), transaction.ScoredAmount);
        }, seed: "0000KOIbCd64", iter: 1000);

    [Theory]
    [InlineData("2018-04-01T07:30:00Z", "2018-04-01T07:30:00.0000000Z")]
    [InlineData("2018-04-01 07:30:00", "2018-04-01T07:30:00.0000000Z")]
    [InlineData("2018-04-01 07:30:00.1234567", "2018-04-01T07:30:00.1234560Z")]
    [InlineData("2018-04-01T07:30:00.5+02:00", "2018-04-01T05:30:00.5000000Z")]
    [InlineData("2018-04-01T07:30:00-0530", "2018-04-01T13:00:00.0000000Z")]
    [InlineData("2018-04-01T07:30:00+02", "2018-04-01T05:30:00.0000000Z")]
    [InlineData("1522567800", "2018-04-01T07:30:00.0000000Z")]
    [InlineData("1522567800.25", "2018-04-01T07:30:00.2500000Z")]
    [InlineData("1522567800250", "2018-04-01T07:30:00.2500000Z")]
    [InlineData("2026-01-02T00:00:00Z", "2026-01-02T00:00:00.0000000Z")]
    public void Decode_DateForms_AreRead(string text, string expected)
    {
        var occurredAt = TransactionDecoderCase.Event(("occurred_at", text)).OccurredAt;

        Assert.Equal(DateTimeKind.Utc, occurredAt.Kind);
        Assert.Equal(expected, occurredAt.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("", "", null, 0)]
    [InlineData("", "", "Asia/Tokyo", 540)]
    [InlineData("", "America/New_York", "Asia/Tokyo", -240)]
    [InlineData("Asia/Kolkata", "America/New_York", "Asia/Tokyo", 330)]
    public void Decode_TimeZone_AccountBeforeMerchantBeforeDomain(string account, string merchant, string? domain, int expected)
    {
        var options = new TransactionDecoderOptions { DefaultTimeZone = domain };
        var decoded = TransactionDecoderCase.Decode(options, ("time_zone", account), ("merchant_time_zone", merchant));

        Assert.Equal(expected, Assert.IsType<TransactionEvent>(decoded.Event).UtcOffsetMinutes);
    }

    [Fact]
    public void Decode_ForeignCurrency_IsScoredInDomainCurrency()
    {
        var options = new TransactionDecoderOptions { ExchangeRates = new Dictionary<string, decimal> { ["USD"] = 0.5m } };
        var transaction = Assert.IsType<TransactionEvent>(TransactionDecoderCase.Decode(options, ("currency", "usd")).Event);

        Assert.Equal(("USD", 57.16m, 28.58), (transaction.Currency, transaction.Amount, transaction.ScoredAmount));
    }

    [Theory]
    [InlineData("2001:0DB8:0:0::0007", "2001:db8::7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    public void Decode_IpAddress_IsInShortestForm(string text, string expected) =>
        Assert.Equal(expected, TransactionDecoderCase.Event(("ip", text)).IpAddress);
}
