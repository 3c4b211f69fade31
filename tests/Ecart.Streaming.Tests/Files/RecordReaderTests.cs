using System.Diagnostics;
using Ecart.Streaming.Files;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Files;

public sealed class RecordReaderTests : IDisposable
{
    private const int RealRows = 10_000;

    private readonly FileCase _case = new();

    [Fact]
    public void TryRead_SeveralFiles_AreOneSequence()
    {
        string[] paths =
        [
            _case.Write(FileCase.Header + FileCase.Row("T1"), "b.csv"),
            _case.Write(FileCase.Header, "empty-day.csv"),
            _case.Write(FileCase.Pack(FileCase.Header + FileCase.Row("T2")), "a.csv"),
        ];
        using var reader = FileCase.Open(paths);

        Assert.Equal([("T1", "b.csv"), ("T2", "a.csv")], FileCase.ReadAll(reader).Select(record => (record.Event!.EventUid, record.Source)));
        Assert.Null(reader.Failure);
        Assert.Contains("empty-day.csv has no records", Assert.Single(reader.Notices));
        Assert.Equal(reader.Progress.TotalBytes, reader.Progress.BytesRead);
        Assert.Equal((3, 2L), (reader.Progress.FileCount, reader.Progress.Records));
    }

    [Fact]
    public void TryRead_JoinedGzipMembers_AreReadAsOneFile()
    {
        byte[] joined = [.. FileCase.Pack(FileCase.Header + FileCase.Row("T1")), .. FileCase.Pack(FileCase.Row("T2") + FileCase.Row("T3"))];
        using var reader = FileCase.Open([_case.Write(joined)]);

        Assert.Equal(3, FileCase.ReadAll(reader).Count);
        Assert.Null(reader.Failure);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20_000)]
    public void TryRead_TruncatedGzip_DeliversWhatIsReadableThenFails(int missing)
    {
        var random = new Random(1);
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(index => FileCase.Row($"T{index}", $"C{random.Next()}")));
        var packed = FileCase.Pack(FileCase.Header + rows);
        using var reader = FileCase.Open([_case.Write(packed[..^missing])]);

        var records = FileCase.ReadAll(reader);

        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.NotNull(record.Event));
        Assert.Equal(records.Count + 2, reader.Failure!.Line);
        Assert.Contains("cards.csv cannot be read beyond line " + (records.Count + 2), reader.Failure.Message);
        Assert.InRange(reader.Failure.BytePosition, 1, packed.Length - missing);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("[{\"uid\":1}]", "one object a line")]
    [InlineData("uid,acount,occurred_at,amount\n", "Did you mean 'acount'? Add --map account=COLUMN. Its columns: uid, acount")]
    [InlineData("uid,account,occurred_at,amount,Amount\n", "Both columns 4 and 5, named 'Amount', would be amount")]
    [InlineData("\"uid,account\n", "unbalanced quote")]
    public void TryOpen_UnusableFile_SaysWhatToDo(string content, string message) =>
        Assert.Contains(message, FileCase.FailToOpen(_case.Write(content)).Message);

    [Fact]
    public void TryOpen_Utf16MissingAndDuplicateFiles_SayWhatToDo()
    {
        var good = _case.Write(FileCase.Header);

        Assert.Contains("UTF-16", FileCase.FailToOpen(_case.Write([0xFF, 0xFE, 0x41, 0], "wide.csv")).Message);
        Assert.Contains("cannot be opened", FileCase.FailToOpen(good + ".missing").Message);
        Assert.Contains("same name", FileCase.FailToOpen(good, good).Message);
        Assert.Contains("no column 'CITI', which --map gives for city. Did you mean 'city'?", FileCase.FailToMap(good, "city=CITI").Message);
    }

    [Fact]
    public void TryRead_RealTransactions_AreAllEvents()
    {
        var path = Path.Combine(TestData.RequireSet("fraud_handbook"), "transactions_2018-04.csv.gz");
        using var reader = FileCase.Open([path], "account=CUSTOMER_ID,merchant=TERMINAL_ID");

        for (var row = 0; row < RealRows; row++)
        {
            Assert.True(reader.TryRead(out var record));
            Assert.NotNull(record.Event);
            Assert.Equal(row.ToString(), record.Event.EventUid);
            Assert.Equal(row + 2, record.Line);
            Assert.NotNull(record.Truth);
        }
    }

    [Fact]
    public void TryRead_RealTransactions_PrintsThroughput()
    {
        var path = Path.Combine(TestData.RequireSet("fraud_handbook"), "transactions_2018-04.csv.gz");
        for (var run = 0; run < 4; run++)
        {
            using var reader = FileCase.Open([path]);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var processorTime = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            while (reader.TryRead(out _))
                continue;
            var rows = reader.Progress.Records;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{rows / watch.Elapsed.TotalSeconds:N0} rows/s, {rows / (Environment.CpuUsage.TotalTime - processorTime).TotalSeconds:N0} rows/s of processor time, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / rows} bytes/row");
            Assert.Null(reader.Failure);
        }
    }

    public void Dispose() => _case.Dispose();
}
