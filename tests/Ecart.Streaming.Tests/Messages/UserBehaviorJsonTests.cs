using System.Text;
using System.Text.RegularExpressions;
using Ecart.Domains.UserBehavior;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Messages;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Messages;

public sealed partial class UserBehaviorJsonTests
{
    private static readonly RecordPosition Position = new("actions", 0, 5, IsLine: false);

    [Fact]
    public void Decode_ExampleOfTheHandbook_IsThatAction()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "how-to", "user-behavior.md"));
        UserBehaviorEvent action = Event(Example().Match(text).Groups[1].Value);
        Assert.Equal(("a-17", "alice", "read", "/wiki/start"), (action.EventUid, action.UserId, action.EventType, action.Resource));
        Assert.Equal(
            (ActionOutcome.Success, "192.0.2.7", "curl/8.5", "laptop-17", "FR", 48.86, 2.35, "s-9", "sales", (short)60),
            (action.Outcome, action.SourceIp, action.UserAgent, action.DeviceId, action.Country, action.Latitude, action.Longitude, action.SessionId, action.Role, action.UtcOffsetMinutes));
    }

    [Fact]
    public void Decode_FlatObjectWithoutUid_IsNamedByItsPlace()
    {
        UserBehaviorEvent action = Event("""{"user":"bob","type":"command","ts":"2026-03-02T09:14:03Z","command":"ls"}""");
        Assert.Equal(("actions:0:5", "bob", "command", "ls"), (action.EventUid, action.UserId, action.EventType, action.Resource));
    }

    [Fact]
    public void Decode_OwnVectorAsAList_IsTakenAsItIs()
    {
        string list = string.Join(", ", Enumerable.Range(0, 256).Select(i => i % 2 == 0 ? "1.5e-2" : "-3"));
        UserBehaviorEvent action = Event($$"""{"user":"bob","event_type":"x","occurred_at":"2026-03-02T09:14:03Z","embedding":[{{list}}],"embedding_version":2}""");
        Assert.Equal(256, action.Embedding!.Length);
        Assert.Equal((0.015f, -3f, 2), (action.Embedding[0], action.Embedding[1], action.EmbeddingVersion));
    }

    [Theory]
    [InlineData("[1,2,3]")]
    [InlineData("[]")]
    [InlineData("[[1]]")]
    [InlineData("[1,\"a\"]")]
    [InlineData("{\"a\":1}")]
    public void Decode_VectorThatIsNone_IsRejectedByName(string vector)
    {
        DecodedRecord decoded = Decode($$"""{"user":"bob","event_type":"x","occurred_at":"2026-03-02T09:14:03Z","embedding":{{vector}}}""");
        Assert.Equal("embedding", decoded.Rejected!.Field);
    }

    [Fact]
    public void Decode_ListInAnotherField_IsStillAtFault() =>
        Assert.Equal("user", Decode("""{"user":[1,2],"event_type":"x","occurred_at":"2026-03-02T09:14:03Z"}""").Rejected!.Field);

    private static UserBehaviorEvent Event(string json)
    {
        DecodedRecord decoded = Decode(json);
        Assert.True(decoded.IsEvent, decoded.Rejected?.Message);
        return Assert.IsType<UserBehaviorEvent>(decoded.Event);
    }

    private static DecodedRecord Decode(string json) => new JsonEventDecoder(new UserBehaviorDecoder()).Decode(Encoding.UTF8.GetBytes(json), Position);

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
