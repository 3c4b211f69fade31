using System.Text;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionDecoderBadInputTests
{
    [Theory]
    [InlineData("amount", "twelve", RejectReason.WrongType, "for example 1234.56")]
    [InlineData("amount", "1,234.56", RejectReason.WrongType, "without thousands separators")]
    [InlineData("amount", "12,5", RejectReason.WrongType, "with a point")]
    [InlineData("amount", "1.2.3", RejectReason.WrongType, "not a number")]
    [InlineData("amount", "0x10", RejectReason.WrongType, "not a number")]
    [InlineData("amount", ".", RejectReason.WrongType, "not a number")]
    [InlineData("amount", "NaN", RejectReason.NonFinite, "finite")]
    [InlineData("amount", "-Infinity", RejectReason.NonFinite, "finite")]
    [InlineData("amount", "inf", RejectReason.NonFinite, "finite")]
    [InlineData("amount", "∞", RejectReason.NonFinite, "finite")]
    [InlineData("amount", "-0.01", RejectReason.OutOfRange, "negative")]
    [InlineData("amount", "-1e3", RejectReason.OutOfRange, "negative")]
    [InlineData("amount", "10000000000000", RejectReason.OutOfRange, "largest amount")]
    [InlineData("amount", "9999999999999.995", RejectReason.OutOfRange, "largest amount")]
    [InlineData("amount", "1e30", RejectReason.OutOfRange, "largest amount")]
    [InlineData("channel", "phone", RejectReason.UnknownValue, "online, pos, atm, wire and mobile")]
    [InlineData("currency", "XYZ", RejectReason.UnknownValue, "Known currencies: EUR")]
    [InlineData("currency", "EURO", RejectReason.UnknownValue, "exchange rate")]
    [InlineData("country", "FRA", RejectReason.UnknownValue, "two letters")]
    [InlineData("country", "F1", RejectReason.UnknownValue, "two letters")]
    [InlineData("occurred_at", "yesterday", RejectReason.WrongType, "2018-04-01T07:30:00Z")]
    [InlineData("occurred_at", "2018-04-01", RejectReason.WrongType, "date with time")]
    [InlineData("occurred_at", "01/04/2018 07:30", RejectReason.WrongType, "date with time")]
    [InlineData("occurred_at", "2018-04-01T07:30:00+99:00", RejectReason.WrongType, "date with time")]
    [InlineData("occurred_at", "2018-04-01T07:30:00.", RejectReason.WrongType, "date with time")]
    [InlineData("occurred_at", "2018-02-30 07:30:00", RejectReason.OutOfRange, "calendar")]
    [InlineData("occurred_at", "2018-04-01 24:00:00", RejectReason.OutOfRange, "calendar")]
    [InlineData("occurred_at", "1999-12-31 23:59:59", RejectReason.OutOfRange, "2000-01-01")]
    [InlineData("occurred_at", "2026-01-02 00:00:01", RejectReason.OutOfRange, "24 hours")]
    [InlineData("occurred_at", "20180401", RejectReason.OutOfRange, "1970-08-22")]
    [InlineData("ip", "300.1.1.1", RejectReason.WrongType, "192.0.2.7")]
    [InlineData("ip", "010.0.0.1", RejectReason.WrongType, "leading zeros")]
    [InlineData("ip", "127.1", RejectReason.WrongType, "IP address")]
    [InlineData("ip", "fe80::1%eth0", RejectReason.WrongType, "IP address")]
    [InlineData("time_zone", "Mars/Olympus", RejectReason.UnknownValue, "IANA")]
    [InlineData("merchant_time_zone", "../../etc/hostname", RejectReason.UnknownValue, "IANA")]
    [InlineData("label", "maybe", RejectReason.WrongType, "0, 1, false or true")]
    [InlineData("label_known_at", "2018-03-31 00:00:00", RejectReason.OutOfRange, "before the event")]
    [InlineData("account", "A\u0000B", RejectReason.WrongType, "control character")]
    [InlineData("domain", "network", RejectReason.UnknownValue, "--domain")]
    public void Decode_BadValue_NamesLineFieldValueAndRemedy(string field, string value, RejectReason reason, string remedy)
    {
        var rejected = TransactionDecoderCase.Rejected((field, value));

        Assert.Equal(reason, rejected.Reason);
        Assert.Equal(field, rejected.Field);
        Assert.Equal(value, rejected.Value);
        Assert.Equal("T1", rejected.EventUid);
        Assert.Equal(("cards.csv", 0, TransactionDecoderCase.Line), (rejected.Source, rejected.Partition, rejected.Offset));
        Assert.StartsWith($"cards.csv line 7: {field} '{value}' ", rejected.Message);
        Assert.Contains(remedy, rejected.Message);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("amount")]
    [InlineData("occurred_at")]
    public void Decode_EmptyRequiredField_IsMissing(string field)
    {
        var rejected = TransactionDecoderCase.Rejected((field, "  "));

        Assert.Equal((RejectReason.MissingField, field, null), (rejected.Reason, rejected.Field, rejected.Value));
        Assert.StartsWith($"cards.csv line 7: {field} is missing: fill it in", rejected.Message);
    }

    [Theory]
    [InlineData("latitude", "90.01", "longitude", "2", "not between -90 and 90")]
    [InlineData("longitude", "-181", "latitude", "2", "not between -180 and 180")]
    public void Decode_CoordinateOutOfRange_IsRejected(string field, string value, string other, string otherValue, string remedy)
    {
        var rejected = TransactionDecoderCase.Rejected((field, value), (other, otherValue));

        Assert.Equal((RejectReason.OutOfRange, field, value), (rejected.Reason, rejected.Field, rejected.Value));
        Assert.Contains(remedy, rejected.Message);
    }

    [Theory]
    [InlineData("NaN", RejectReason.NonFinite)]
    [InlineData("1e999", RejectReason.NonFinite)]
    [InlineData("north", RejectReason.WrongType)]
    public void Decode_CoordinateNotANumber_IsRejected(string value, RejectReason reason)
    {
        var rejected = TransactionDecoderCase.Rejected(("latitude", value), ("longitude", "2"));

        Assert.Equal((reason, "latitude", value), (rejected.Reason, rejected.Field, rejected.Value));
    }

    [Theory]
    [InlineData("latitude", "longitude")]
    [InlineData("longitude", "latitude")]
    public void Decode_OneCoordinate_NamesTheOther(string given, string missing)
    {
        var rejected = TransactionDecoderCase.Rejected((given, "1.5"), (missing, string.Empty));

        Assert.Equal((RejectReason.MissingField, missing), (rejected.Reason, rejected.Field));
        Assert.Contains("both or none", rejected.Message);
    }

    [Theory]
    [InlineData("uid", 128)]
    [InlineData("account", 64)]
    [InlineData("merchant", 64)]
    [InlineData("category", 64)]
    [InlineData("city", 128)]
    [InlineData("device", 128)]
    public void Decode_TextLength_IsLimitedInCharactersNotBytes(string field, int limit)
    {
        var longest = string.Concat(Enumerable.Repeat("é", limit));
        TransactionDecoderCase.Event((field, longest));

        var rejected = TransactionDecoderCase.Rejected((field, longest + "x"));

        Assert.Equal((RejectReason.TooLong, field), (rejected.Reason, rejected.Field));
        Assert.Contains($"more than {limit} characters", rejected.Message);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("city")]
    [InlineData("amount")]
    [InlineData("ip")]
    [InlineData("user_agent")]
    public void Decode_InvalidUtf8_SaysSo(string field)
    {
        var decoder = new TransactionDecoder(null, new FakeTimeProvider(TransactionDecoderCase.Now));

        var rejected = TransactionDecoderCase.DecodeBytes(decoder, (field, [(byte)'a', 0xC3, 0x28])).Rejected;

        Assert.NotNull(rejected);
        Assert.Equal((RejectReason.InvalidUtf8, field), (rejected.Reason, rejected.Field));
        Assert.Contains("iconv", rejected.Message);
    }

    [Fact]
    public void Decode_LongBadValue_IsCutTo200CharactersAndPayloadTo64KiB()
    {
        var decoder = new TransactionDecoder(null, new FakeTimeProvider(TransactionDecoderCase.Now));
        var value = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x😀", 40_000)));

        var rejected = TransactionDecoderCase.DecodeBytes(decoder, ("amount", value)).Rejected;

        Assert.NotNull(rejected);
        Assert.InRange(rejected.Value!.Length, 199, 200);
        Assert.False(char.IsHighSurrogate(rejected.Value[^1]));
        Assert.Equal(64 * 1024, rejected.Payload.Length);
    }

    [Fact]
    public void Constructor_UnusableOptions_NamesThem()
    {
        Assert.Contains("Nowhere", Assert.Throws<ArgumentException>(() => new TransactionDecoder(new() { DefaultTimeZone = "Nowhere" })).Message);
        Assert.Contains("euro", Assert.Throws<ArgumentException>(() => new TransactionDecoder(new() { DomainCurrency = "euro" })).Message);
        var rates = new Dictionary<string, decimal> { ["USD"] = 0 };
        Assert.Contains("USD", Assert.Throws<ArgumentException>(() => new TransactionDecoder(new() { ExchangeRates = rates })).Message);
    }
}
