using System.Text;
using Ecart.Domains.Declared;
using Ecart.Events;
using Ecart.Events.Decoding;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ecart.Tests.Domains.Declared;

public sealed class DeclaredDecoderTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DomainDeclaration Declaration = DeclaredCase.Full with { TimeZone = "Europe/Paris" };

    [Fact]
    public void Decode_EveryField_IsInTheEvent()
    {
        DeclaredEvent declared = Assert.IsType<DeclaredEvent>(Decode(
            ("uid", "r1"), ("container", "c9"), ("temperature", "-3.5"), ("door_open", "true"), ("goods", "vaccine"), ("place", "Brest"), ("label", "1")).Event);
        DeclaredSchema schema = declared.Schema;
        Assert.Equal(("r1", "cold_chain", "container", "c9", (short)60), (declared.EventUid, declared.Domain, declared.PrimaryEntityType, declared.PrimaryEntityId, declared.UtcOffsetMinutes));
        Assert.Equal((-3.5, 1.0, double.NaN), (declared.Numbers[schema.IndexOf("temperature")], declared.Numbers[schema.IndexOf("door_open")], declared.Numbers[schema.IndexOf("latitude")]));
        Assert.Equal(("vaccine", "Brest", null), (declared.Texts[schema.IndexOf("goods")], declared.Texts[schema.IndexOf("place")], declared.Texts[schema.IndexOf("truck")]));
    }

    [Theory]
    [InlineData("temperature", "cold", RejectReason.WrongType)]
    [InlineData("temperature", "81", RejectReason.OutOfRange)]
    [InlineData("temperature", "NaN", RejectReason.NonFinite)]
    [InlineData("temperature", "", RejectReason.MissingField)]
    [InlineData("container", "", RejectReason.MissingField)]
    [InlineData("goods", "gold", RejectReason.UnknownValue)]
    [InlineData("domain", "network", RejectReason.UnknownValue)]
    [InlineData("door_open", "perhaps", RejectReason.WrongType)]
    [InlineData("occurred_at", "1999-01-01T00:00:00Z", RejectReason.OutOfRange)]
    [InlineData("occurred_at", "2026-06-03T00:00:00Z", RejectReason.OutOfRange)]
    [InlineData("time_zone", "Mars/Base", RejectReason.UnknownValue)]
    public void Decode_BadValue_IsRejectedWithItsField(string field, string value, RejectReason reason)
    {
        DecodedRecord decoded = Decode(("uid", "r1"), ("container", "c9"), ("temperature", "3"), (field, value));
        RejectedRecord rejected = decoded.Rejected!;
        Assert.Null(decoded.Event);
        Assert.Equal((reason, field), (rejected.Reason, rejected.Field));
    }

    [Fact]
    public void ContentHash_SameContentInAnotherOrder_IsTheSame()
    {
        DeclaredEvent one = DeclaredCase.At(0, 3);
        DomainDeclaration turned = DeclaredCase.Full with { Fields = [.. DeclaredCase.Full.Fields.Reverse()] };
        Assert.Equal(one.ContentHash, one.In(DeclaredSchema.Of(turned)).ContentHash);
        Assert.NotEqual(one.ContentHash, DeclaredCase.At(0, 3.1).ContentHash);
        Assert.NotEqual(one.ContentHash, DeclaredCase.At(0, 3, place: "Lyon").ContentHash);
    }

    private static DecodedRecord Decode(params (string Field, string Value)[] fields)
    {
        var values = new Dictionary<string, string> { ["occurred_at"] = "2026-03-02T08:00:00Z" };
        foreach ((string field, string value) in fields) values[field] = value;
        var text = new List<byte>();
        var columns = new List<FieldRange>();
        foreach (byte[] value in values.Values.Select(Encoding.UTF8.GetBytes))
        {
            columns.Add(new FieldRange(text.Count, value.Length));
            text.AddRange(value);
        }

        var decoder = new DeclaredDecoder(Declaration, new FakeTimeProvider(Now));
        Assert.True(FieldMap.Automatic(decoder.Schema).TryBind([.. values.Keys], out FieldBinding? binding, out string? error), error);
        byte[] bytes = [.. text];
        return decoder.Decode(new RecordFields(bytes, bytes, columns.ToArray(), binding, RecordPosition.OfLine("f.csv", 7)));
    }
}
