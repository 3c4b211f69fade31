using System.Text;
using CsCheck;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Streaming.Files;
using Xunit;

namespace Ecart.Streaming.Tests.Files;

public sealed class CsvRecordsTests : IDisposable
{
    private readonly FileCase _case = new();

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void TryRead_AnySeparatorLineEndAndByteOrderMark_ReadsAlike(char separator)
    {
        var plain = FileCase.Header + FileCase.Row("T1") + "\n" + FileCase.Row("T2").TrimEnd('\n');
        var records = _case.ReadText('\uFEFF' + plain.Replace(',', separator).Replace("\n", "\r\n"));

        Assert.Equal([("T1", 2L), ("T2", 4L)], records.Select(record => (record.Event!.EventUid, record.Line)));
        Assert.All(records, record => Assert.Equal("Lyon", ((TransactionEvent)record.Event!).City));
    }

    [Fact]
    public void TryRead_QuotedLineEnds_KeepLineNumbersRight()
    {
        var records = _case.ReadText(
            FileCase.Header + "\"T\"\"1\",A1,2018-04-01 07:30:00,\"57.16\",\"Lyon, centre\"\r\n"
            + "T2,A1,2018-04-01 07:30:00,57.16,\"a\nb\"\n" + FileCase.Row("T3", "x"));

        Assert.Equal("T\"1", records[0].Event!.EventUid);
        Assert.Equal("Lyon, centre", ((TransactionEvent)records[0].Event!).City);
        Assert.Equal((3L, 4L), (records[1].Line, records[1].LastLine));
        Assert.Contains("control character", records[1].Rejected!.Message);
        Assert.Equal(("T3", 5L), (records[2].Event!.EventUid, records[2].Line));
    }

    [Fact]
    public void TryRead_WrongColumnCount_NamesExpectedAndFound()
    {
        var rejected = _case.ReadText(FileCase.Header + "T1,A1,2018-04-01\n" + FileCase.Row("T2"))[0].Rejected!;

        Assert.Equal((RejectReason.Malformed, 2L), (rejected.Reason, rejected.Offset));
        Assert.Contains("cards.csv line 2: 3 columns instead of the header's 5 (separator ',')", rejected.Message);
        Assert.Contains("'T1,A1,2018-04-01'", rejected.Message);
    }

    [Theory]
    [InlineData("\"T1,A1,2018-04-01 07:30:00,1,x", "not closed")]
    [InlineData("\"T1\"x,A1,2018-04-01 07:30:00,1,x", "text follows a closing quote")]
    public void TryRead_BrokenQuote_CostsOneLine(string line, string problem)
    {
        var records = _case.ReadText(FileCase.Header + FileCase.Row("T0") + line + "\n" + FileCase.Row("T2") + FileCase.Row("T3"));

        Assert.Equal(4, records.Count);
        Assert.Equal((3L, RejectReason.Malformed), (records[1].Line, records[1].Rejected!.Reason));
        Assert.Contains(problem, records[1].Rejected!.Message);
        Assert.Equal(["T0", "T2", "T3"], records.Where(record => record.Event is not null).Select(record => record.Event!.EventUid));
    }

    [Theory]
    [InlineData(ByteWindow.MaximumRecordLength + 1)]
    [InlineData(5_000_000)]
    public void TryRead_LineBeyondOneMebibyte_IsRejectedAndReadingGoesOn(int length)
    {
        var records = _case.ReadText(FileCase.Header + new string('x', length) + "\n" + FileCase.Row("T2"));

        Assert.Equal(2, records.Count);
        Assert.Contains("longer than 1 MiB", records[0].Rejected!.Message);
        Assert.Equal(64 * 1024, records[0].Rejected!.Payload.Length);
        Assert.Equal(("T2", 3L), (records[1].Event!.EventUid, records[1].Line));
    }

    [Fact]
    public void TryRead_RandomRows_RoundTrip() => Gen.Select(GenText, GenText, Gen.Int[0, 999_999]).List[1, 20].Sample(
        rows =>
        {
            var csv = FileCase.Header + string.Concat(rows.Select((row, index) =>
                $"{Quote(row.Item1 + index)},{Quote(row.Item2)},2018-04-01T00:00:00Z,{row.Item3}.25,{Quote(row.Item1)}\r\n"));
            var records = _case.ReadText(csv);

            Assert.Equal(rows.Count, records.Count);
            for (var index = 0; index < rows.Count; index++)
            {
                var transaction = (TransactionEvent)records[index].Event!;
                Assert.Equal((rows[index].Item1 + index, rows[index].Item2), (transaction.EventUid, transaction.AccountId));
                Assert.Equal(rows[index].Item3 + 0.25m, transaction.Amount);
                Assert.Equal((rows[index].Item1, index + 2L), (transaction.City, records[index].Line));
            }
        },
        seed: "0000KOIbCd64", iter: 200, threads: 1);

    [Fact]
    public void TryRead_RandomGarbage_AccountsForEveryLine() => Gen.Int[0, GarbageAlphabet.Length - 1].Array[0, 400].Sample(
        choices =>
        {
            var garbage = choices.SelectMany(choice => GarbageAlphabet[choice]).ToArray();
            var content = Encoding.UTF8.GetBytes(FileCase.Header).Concat(garbage).ToArray();
            using var reader = FileCase.Open([_case.Write(content)]);
            var records = FileCase.ReadAll(reader);

            Assert.Null(reader.Failure);
            var lines = garbage.AsSpan().Count((byte)'\n') + (garbage is [.., not (byte)'\n'] ? 1 : 0);
            var covered = records.SelectMany(record => Enumerable.Range((int)record.Line, (int)(record.LastLine - record.Line + 1))).ToList();
            Assert.Equal(covered.Distinct().Order(), covered);
            var text = Encoding.Latin1.GetString(garbage).Split('\n');
            var uncovered = Enumerable.Range(2, lines).Except(covered);
            Assert.All(uncovered, line => Assert.Equal(string.Empty, text[line - 2].Trim(' ', '\t', '\r')));
            Assert.All(covered, line => Assert.InRange(line, 2, lines + 1));
        },
        seed: "0000KOIbCd64", iter: 2000, threads: 1);

    public void Dispose() => _case.Dispose();

    private static readonly byte[][] GarbageAlphabet =
    [
        "\""u8.ToArray(), "\""u8.ToArray(), ","u8.ToArray(), ","u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\r"u8.ToArray(), " "u8.ToArray(),
        [0], [0xFF], [0xC3], "a"u8.ToArray(), "é"u8.ToArray(), "1"u8.ToArray(), Encoding.UTF8.GetBytes(FileCase.Row("T1")), "\"\""u8.ToArray(),
    ];

    private static Gen<string> GenText => Gen.Char["abcXYZ0189,;|'\"é漢-_ /"].Array[1, 12]
        .Select(characters => "x" + new string(characters).Trim());

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
}
