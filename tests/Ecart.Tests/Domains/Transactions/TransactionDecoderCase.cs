using System.Text;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Events.Decoding;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>A valid record of line 7 of cards.csv in which a test changes fields.</summary>
internal static class TransactionDecoderCase
{
    public const long Line = 7;

    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DecodedRecord Decode(params (string Field, string Value)[] fields) => Decode(new TransactionDecoderOptions(), fields);

    public static DecodedRecord Decode(TransactionDecoderOptions options, params (string Field, string Value)[] fields) =>
        DecodeBytes(new TransactionDecoder(options, new FakeTimeProvider(Now)), [.. fields.Select(field => (field.Field, Encoding.UTF8.GetBytes(field.Value)))]);

    public static DecodedRecord DecodeBytes(TransactionDecoder decoder, params (string Field, byte[] Value)[] fields)
    {
        var values = new Dictionary<string, byte[]>
        {
            ["uid"] = "T1"u8.ToArray(),
            ["account"] = "A1"u8.ToArray(),
            ["occurred_at"] = "2018-04-01 07:30:00"u8.ToArray(),
            ["amount"] = "57.16"u8.ToArray(),
        };
        foreach (var (field, value) in fields)
            values[field] = value;

        var text = new List<byte>();
        var columns = new List<FieldRange>();
        foreach (var value in values.Values)
        {
            columns.Add(new FieldRange(text.Count, value.Length));
            text.AddRange(value);
        }

        Assert.True(FieldMap.Automatic(decoder.Schema).TryBind([.. values.Keys], out var binding, out var error), error);
        var bytes = text.ToArray();
        return decoder.Decode(new RecordFields(bytes, bytes, columns.ToArray(), binding, RecordPosition.OfLine("cards.csv", Line)));
    }

    public static TransactionEvent Event(params (string Field, string Value)[] fields)
    {
        var decoded = Decode(fields);
        Assert.True(decoded.IsEvent, decoded.Rejected?.Message);
        return Assert.IsType<TransactionEvent>(decoded.Event);
    }

    public static RejectedRecord Rejected(params (string Field, string Value)[] fields)
    {
        var decoded = Decode(fields);
        Assert.False(decoded.IsEvent);
        return decoded.Rejected;
    }
}
