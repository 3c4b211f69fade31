using CsCheck;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Xunit;

namespace Ecart.Streaming.Tests.Files;

public sealed class JsonRecordsTests : IDisposable
{
    private const string Flat = """{"uid":"T1","account":"A1","occurred_at":1522567800,"amount":57.16,"city":"Saint-\u00c9tienne","label":true}""";

    private readonly FileCase _case = new();

    [Fact]
    public void TryRead_FlatObject_IsRead()
    {
        var record = Assert.Single(_case.ReadText(Flat + "\n\n"));

        var transaction = Assert.IsType<TransactionEvent>(record.Event);
        Assert.Equal(("T1", "A1", 57.16m, "Saint-Étienne"), (transaction.EventUid, transaction.AccountId, transaction.Amount, transaction.City));
        Assert.True(record.Truth!.Value.IsFraud);
    }

    [Theory]
    [InlineData("""{"account":"A1","merchant":{"id":"M1"}}""")]
    [InlineData("""[{"type":"account","id":"A1"},{"type":"merchant","id":"M1"},{"type":"other","id":null}]""")]
    public void TryRead_WireForm_IsRead(string entities)
    {
        var transaction = Assert.IsType<TransactionEvent>(Assert.Single(_case.ReadText(
            $$$"""{"event_uid":"T1","domain":"transactions","event_type":"payment","entities":{{{entities}}},"occurred_at":"2018-04-01T07:30:00Z","data":{"amount":"12.5","currency":"EUR","channel":"online","tags":["a",{"b":1}]},"source_ip":"192.0.2.7","embedding":[0.1,0.2]}""")).Event);

        Assert.Equal(("T1", "A1", "M1", 12.5m), (transaction.EventUid, transaction.AccountId, transaction.MerchantId, transaction.Amount));
        Assert.Equal((TransactionChannel.Online, "192.0.2.7"), (transaction.Channel, transaction.IpAddress));
    }

    [Fact]
    public void TryRead_MappedPathAndConstant_WinOverNames()
    {
        var record = Assert.Single(_case.ReadText(
            """{"uid":"T1","account":"wrong","payer":{"card":"A2"},"occurred_at":1522567800,"amount":1}""", map: "account=payer.card,channel='atm'"));

        var transaction = Assert.IsType<TransactionEvent>(record.Event);
        Assert.Equal(("A2", TransactionChannel.Atm), (transaction.AccountId, transaction.Channel));
    }

    [Theory]
    [InlineData("{\"uid\":", RejectReason.Malformed, "not one JSON object")]
    [InlineData("[1]", RejectReason.Malformed, "not one JSON object")]
    [InlineData("{} {}", RejectReason.Malformed, "not one JSON object")]
    [InlineData("{\"uid\":\"T2\",\"amount\":{\"value\":1}}", RejectReason.WrongType, "object or a list")]
    [InlineData("{\"uid\":\"\\ud800\"}", RejectReason.InvalidUtf8, "half a character")]
    [InlineData("{\"uid\":\"T2\",\"account\":null}", RejectReason.MissingField, "account is missing")]
    public void TryRead_BadLine_IsRejectedAndReadingGoesOn(string line, RejectReason reason, string problem)
    {
        var records = _case.ReadText(Flat + "\n" + line + "\n" + Flat);

        Assert.Equal(3, records.Count);
        Assert.Equal((reason, 2L), (records[1].Rejected!.Reason, records[1].Rejected!.Offset));
        Assert.Contains("cards.csv line 2: ", records[1].Rejected!.Message);
        Assert.Contains(problem, records[1].Rejected!.Message);
    }

    [Fact]
    public void TryRead_NamesInAnyOrderEscapedAndMany_AreRecognised()
    {
        string[] pairs = ["\"uid\":\"T1\"", "\"account\":\"A1\"", "\"occurred_at\":1522567800", "\"amount\":5", "\"\\u006derchant\":\"M1\""];
        IEnumerable<string> noise = Enumerable.Range(0, 6000).Select(i => $"\"x{i}\":{i}");
        string[] lines =
        [
            .. Enumerable.Range(0, 200).Select(turn => $"{{{string.Join(',', pairs.Select((_, i) => pairs[(i * 2 + turn) % pairs.Length]))}}}"),
            $"{{{string.Join(',', noise.Concat(pairs))}}}",
            $"{{{string.Join(',', pairs.Reverse().Concat(noise))}}}",
        ];

        var records = _case.ReadText(string.Join('\n', lines));

        Assert.Equal(lines.Length, records.Count);
        Assert.All(records, record =>
        {
            var transaction = Assert.IsType<TransactionEvent>(record.Event);
            Assert.Equal(("T1", "A1", 5m, "M1"), (transaction.EventUid, transaction.AccountId, transaction.Amount, transaction.MerchantId));
        });
    }

    [Fact]
    public void TryRead_InvalidUtf8_IsRejected()
    {
        using var reader = FileCase.Open([_case.Write([.. "{\"uid\":\""u8, 0xFF, .. "\"}"u8])]);

        Assert.Equal(RejectReason.InvalidUtf8, Assert.Single(FileCase.ReadAll(reader)).Rejected!.Reason);
    }

    [Fact]
    public void TryRead_RandomGarbage_AccountsForEveryLine() => Gen.Int[0, GarbageAlphabet.Length - 1].Array[0, 200].Sample(
        choices =>
        {
            var garbage = string.Concat(choices.Select(choice => GarbageAlphabet[choice]));
            var records = _case.ReadText(Flat + "\n" + garbage);
            var lines = garbage.Split('\n').Count(line => line.Trim(' ').Length > 0);
            Assert.Equal(lines + 1, records.Count);
            Assert.All(records, record => Assert.True(record.Event is not null ^ record.Rejected is not null));
        },
        seed: "0000KOIbCd64", iter: 1000, threads: 1);

    public void Dispose() => _case.Dispose();

    private static readonly string[] GarbageAlphabet =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\n", "\n", "\\", " ", "null", "1e5", "-", "\"amount\"", "\"data\"", "\"entities\"", "\\ud800", "é",
        Flat + "\n",
    ];
}
