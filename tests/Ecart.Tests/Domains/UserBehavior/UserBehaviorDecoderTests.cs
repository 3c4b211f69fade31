using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Ecart.Domains.UserBehavior;
using Ecart.Events;
using Ecart.Events.Decoding;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ecart.Tests.Domains.UserBehavior;

public sealed class UserBehaviorDecoderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decode_EveryField_IsInTheEvent()
    {
        UserBehaviorEvent action = Event(
            ("resource", " /wiki "), ("outcome", "denied"), ("source_ip", "2001:DB8::1"), ("user_agent", "curl/8"), ("device", "d1"), ("country", "fr"),
            ("city", "Paris"), ("latitude", "48.5"), ("longitude", "2.5"), ("session", "s"), ("role", "sales"), ("time_zone", "Europe/Paris"));
        Assert.Equal(
            ("T1", "alice", "read", "/wiki", ActionOutcome.Failure, "2001:db8::1", "curl/8"),
            (action.EventUid, action.UserId, action.EventType, action.Resource, action.Outcome, action.SourceIp, action.UserAgent));
        Assert.Equal(
            ("d1", "FR", "Paris", 48.5, 2.5, "s", "sales", (short)120),
            (action.DeviceId, action.Country, action.City, action.Latitude, action.Longitude, action.SessionId, action.Role, action.UtcOffsetMinutes));
        Assert.Null(action.Embedding);
    }

    [Theory]
    [InlineData("success", ActionOutcome.Success)]
    [InlineData("OK", ActionOutcome.Success)]
    [InlineData("204", ActionOutcome.Success)]
    [InlineData("403", ActionOutcome.Failure)]
    [InlineData("false", ActionOutcome.Failure)]
    [InlineData("unknown", ActionOutcome.Unknown)]
    public void Decode_Outcome_IsUnderstoodInItsUsualForms(string text, ActionOutcome outcome) => Assert.Equal(outcome, Event(("outcome", text)).Outcome);

    [Fact]
    public void Decode_OwnVector_IsTakenAsItIs()
    {
        float[] vector = UserCase.Vector(3);
        string list = string.Join(", ", vector.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        string base64 = Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()));
        foreach (string text in new[] { list, $"[{list}]", list.Replace(" ", "", StringComparison.Ordinal) + ",", base64 })
        {
            UserBehaviorEvent action = Event(("embedding", text), ("embedding_version", "12"));
            Assert.Equal(vector, action.Embedding);
            Assert.Equal(12, action.EmbeddingVersion);
        }
    }

    [Theory]
    [InlineData("embedding", "1,2,3", RejectReason.WrongType)]
    [InlineData("embedding", "nonsense", RejectReason.WrongType)]
    [InlineData("embedding_version", "-1", RejectReason.OutOfRange)]
    [InlineData("outcome", "maybe", RejectReason.UnknownValue)]
    [InlineData("latitude", "48", RejectReason.MissingField)]
    [InlineData("country", "FRA", RejectReason.UnknownValue)]
    [InlineData("occurred_at", "1999-01-01 00:00:00", RejectReason.OutOfRange)]
    [InlineData("user", "", RejectReason.MissingField)]
    [InlineData("event_type", "", RejectReason.MissingField)]
    [InlineData("domain", "transactions", RejectReason.UnknownValue)]
    [InlineData("time_zone", "Mars/Olympus", RejectReason.UnknownValue)]
    public void Decode_FieldAtFault_IsNamed(string field, string value, RejectReason reason)
    {
        DecodedRecord decoded = Decode((field, value));
        Assert.False(decoded.IsEvent);
        Assert.Equal(reason, decoded.Rejected.Reason);
        Assert.Equal("T1", decoded.Rejected.EventUid);
    }

    [Fact]
    public void Decode_VectorWithSomethingNotFinite_IsRejected()
    {
        string list = string.Join(",", Enumerable.Repeat("1", 255)) + ",NaN";
        Assert.False(Decode(("embedding", list)).IsEvent);
    }

    private static UserBehaviorEvent Event(params (string Field, string Value)[] fields)
    {
        DecodedRecord decoded = Decode(fields);
        Assert.True(decoded.IsEvent, decoded.Rejected?.Message);
        return Assert.IsType<UserBehaviorEvent>(decoded.Event);
    }

    private static DecodedRecord Decode(params (string Field, string Value)[] fields)
    {
        var values = new Dictionary<string, string> { ["uid"] = "T1", ["user"] = "alice", ["event_type"] = "read", ["occurred_at"] = "2025-04-01 07:30:00" };
        foreach ((string field, string value) in fields) values[field] = value;
        var text = new List<byte>();
        var columns = new List<FieldRange>();
        foreach (byte[] value in values.Values.Select(Encoding.UTF8.GetBytes))
        {
            columns.Add(new FieldRange(text.Count, value.Length));
            text.AddRange(value);
        }

        var decoder = new UserBehaviorDecoder(null, new FakeTimeProvider(Now));
        Assert.True(FieldMap.Automatic(decoder.Schema).TryBind([.. values.Keys], out FieldBinding? binding, out string? error), error);
        byte[] bytes = [.. text];
        return decoder.Decode(new RecordFields(bytes, bytes, columns.ToArray(), binding, RecordPosition.OfLine("events.csv", 7)));
    }
}
