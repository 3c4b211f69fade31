using System.Text;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Messages;
using Xunit;

namespace Ecart.Streaming.Tests.Messages;

public sealed class JsonLabelDecoderTests
{
    private static readonly RecordPosition Position = new("kafka:labels", 3, 17, IsLine: false);
    private readonly JsonLabelDecoder decoder = new("transactions");

    [Theory]
    [InlineData("""{"event_uid":"T1","domain":"transactions","is_fraud":true,"known_at":"2018-04-02T07:30:00Z","source":"chargeback"}""", true)]
    [InlineData("""{"transaction_id":"T1","is_fraud":0,"known_at":1522654200,"source":"chargeback"}""", false)]
    public void TryDecode_Label_IsRead(string json, bool isFraud)
    {
        Assert.True(decoder.TryDecode(Encoding.UTF8.GetBytes(json), Position, out Label? label, out RejectedRecord? rejected));

        Assert.Equal(new Label("transactions", "T1", isFraud, new DateTime(2018, 4, 2, 7, 30, 0, DateTimeKind.Utc), "chargeback"), label);
        Assert.Null(rejected);
    }

    [Theory]
    [InlineData("""{"is_fraud":true,"known_at":1522654200,"source":"x"}""", RejectReason.MissingField, "event_uid")]
    [InlineData("""{"event_uid":"T1","known_at":1522654200,"source":"x"}""", RejectReason.MissingField, "is_fraud")]
    [InlineData("""{"event_uid":"T1","is_fraud":"maybe","known_at":1522654200,"source":"x"}""", RejectReason.WrongType, "is_fraud")]
    [InlineData("""{"event_uid":"T1","is_fraud":true,"source":"x"}""", RejectReason.MissingField, "known_at")]
    [InlineData("""{"event_uid":"T1","is_fraud":true,"known_at":"soon","source":"x"}""", RejectReason.WrongType, "known_at")]
    [InlineData("""{"event_uid":"T1","is_fraud":true,"known_at":1522654200}""", RejectReason.MissingField, "source")]
    [InlineData("""{"event_uid":"T1","domain":"iot","is_fraud":true,"known_at":1522654200,"source":"x"}""", RejectReason.UnknownValue, "domain")]
    [InlineData("""{"event_uid":{"a":1}}""", RejectReason.WrongType, "event_uid")]
    [InlineData("[1]", RejectReason.Malformed, null)]
    public void TryDecode_BadLabel_NamesFieldAndPlace(string json, RejectReason reason, string? field)
    {
        Assert.False(decoder.TryDecode(Encoding.UTF8.GetBytes(json), Position, out Label? label, out RejectedRecord? rejected));

        Assert.Null(label);
        Assert.Equal((reason, field, "kafka:labels", 3, 17L), (rejected.Reason, rejected.Field, rejected.Source, rejected.Partition, rejected.Offset));
        Assert.StartsWith("kafka:labels partition 3 offset 17: ", rejected.Message, StringComparison.Ordinal);
    }
}
