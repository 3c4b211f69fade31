using System.IO.Compression;
using System.Text;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>What a person sees of <c>ecart replay</c>, bad input first.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const string Header = "uid,account,occurred_at,amount,channel,country\n";
    private readonly TestFolder folder = TestFolder.Create("replay");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Replay_BadRecordsAmongGood_StoresTheGoodRejectsTheBadAndSaysSo()
    {
        string file = Write(
            "mixed.csv",
            Header
            + "g1,A1,2025-03-01T10:00:00Z,12.50,pos,FR\n"
            + "b1,A1,2025-03-01T10:01:00Z,NaN,pos,FR\n"
            + "b2,A1,2025-03-01T10:02:00Z,-5,pos,FR\n"
            + "b3,A1,2025-03-01T10:03:00Z,1e300,pos,FR\n"
            + "b4,A1,2025-03-01T10:04:00Z,5,teleport,FR\n"
            + "b5,A1,1812-03-01T10:04:00Z,5,pos,FR\n"
            + "b6,A1,yesterday,5,pos,FR\n"
            + $"b7,{new string('x', 65)},2025-03-01T10:05:00Z,5,pos,FR\n"
            + "b8,A1,2025-03-01T10:06:00Z,5\n"
            + "b9,,2025-03-01T10:07:00Z,5,pos,FR\n"
            + "g2,A1,2025-03-01T10:08:00Z,13,pos,FR\n");

        ProgramResult result = await RunAsync("replay", file);

        Assert.True(result.Code == 3, result.Everything);
        StoreContent store = await ReadAsync();
        Assert.Equal(["g1", "g2"], store["events"].Select(row => row.Split('|')[2]));
        Assert.Equal(
            ["non_finite", "out_of_range", "out_of_range", "unknown_value", "out_of_range", "wrong_type", "too_long", "malformed", "missing_field"],
            store["rejected"].OrderBy(row => int.Parse(row.Split('|')[1])).Select(row => row.Split('|')[2]));
        Assert.All(store["rejected"], row => Assert.Matches(@"line \d+", row));
        Assert.Contains("9 records in rejected_events", result.Output, StringComparison.Ordinal);
        Assert.Contains("teleport", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_InvalidUtf8_RejectsThatLineAlone()
    {
        string file = Path.Combine(folder.Path, "bytes.csv");
        File.WriteAllBytes(
            file,
            [.. Encoding.UTF8.GetBytes(Header + "g1,A1,2025-03-01T10:00:00Z,1,pos,FR\n"), .. "b1,"u8, 0xC3, 0x28, .. ",2025-03-01T10:01:00Z,1,pos,FR\n"u8,
                .. "g2,Ä1,2025-03-01T10:02:00Z,1,pos,FR\n"u8]);

        ProgramResult result = await RunAsync("replay", file);

        Assert.True(result.Code == 3, result.Everything);
        StoreContent store = await ReadAsync();
        Assert.Equal(["g1", "g2"], store["events"].Select(row => row.Split('|')[2]).Order());
        Assert.Contains("invalid_utf8", Assert.Single(store["rejected"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_EmptyFile_DoesNothingAndNamesIt()
    {
        ProgramResult result = await RunAsync("replay", Write("empty.csv", ""));

        Assert.Equal(2, result.Code);
        Assert.Contains("empty.csv is empty", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "mariadb")));
    }

    [Fact]
    public async Task Replay_PackedFileThatEndsEarly_KeepsWhatCameBeforeAndGoesOnOnceItIsWhole()
    {
        string whole = Header + string.Concat(Enumerable.Range(0, 20_000).Select(i =>
            $"u{i},A{i % 7},2025-03-{1 + (i / 1000):00}T{i / 60 % 24:00}:{i % 60:00}:00Z,{i % 97}.25,pos,FR\n"));
        byte[] packed = Pack(whole);
        string file = Path.Combine(folder.Path, "cut.csv.gz");
        File.WriteAllBytes(file, packed[..(packed.Length / 2)]);

        ProgramResult cut = await RunAsync("replay", file);

        Assert.True(cut.Code == 1, cut.Everything);
        Assert.Contains("cut.csv.gz cannot be read beyond line", cut.Errors, StringComparison.Ordinal);
        int before = (await ReadAsync())["events"].Count;
        Assert.InRange(before, 1, 19_999);

        File.WriteAllBytes(file, packed);
        ProgramResult mended = await RunAsync("replay", file);

        Assert.True(mended.Code == 0, mended.Everything);
        StoreContent store = await ReadAsync();
        Assert.Equal(20_000, store["events"].Count);
        Assert.Equal(20_000, store["keys"].Count);
    }

    [Fact]
    public async Task Replay_AgainAndWithDuplicates_AddsNothingTwice()
    {
        string file = Write(
            "twice.jsonl",
            """
            {"event_uid":"u1","domain":"transactions","entities":{"account":"A1"},"occurred_at":"2025-03-01T10:00:00Z","data":{"amount":10}}
            {"event_uid":"u2","domain":"transactions","entities":{"account":"A1"},"occurred_at":"2025-03-01T10:01:00Z","data":{"amount":11}}
            {"event_uid":"u1","domain":"transactions","entities":{"account":"A1"},"occurred_at":"2025-03-01T10:00:00Z","data":{"amount":10}}
            {"event_uid":"u2","domain":"transactions","entities":{"account":"A1"},"occurred_at":"2025-03-01T10:01:00Z","data":{"amount":99}}

            """);

        ProgramResult first = await RunAsync("replay", file);
        StoreContent afterFirst = await ReadAsync();
        ProgramResult second = await RunAsync("replay", file);
        ProgramResult third = await RunAsync("replay", file, "--again");
        StoreContent afterThird = await ReadAsync();

        Assert.True(first.Code == 3, first.Everything);
        Assert.Equal(2, afterFirst["events"].Count);
        Assert.Contains("conflicting_duplicate", Assert.Single(afterFirst["rejected"]), StringComparison.Ordinal);
        Assert.True(second.Code == 0, second.Everything);
        Assert.True(third.Code == 3, third.Everything);
        foreach (string part in StoreContent.Names) Assert.Equal(afterFirst[part], afterThird[part]);
    }

    [Fact]
    public async Task Score_TheSameFile_GivesTheVerdictsOfTheStore()
    {
        string file = Path.Combine(folder.Path, "stream.csv");
        SimulatedFile.Write(file, new Simulation.TransactionSimulatorOptions { Accounts = 40, Merchants = 60, Days = 50, Seed = 5, IncidentsPerDay = 8 });
        string scored = Path.Combine(folder.Path, "scored.csv");

        ProgramResult replay = await RunAsync("replay", file, "--labels");
        ProgramResult offline = await RunAsync("score", file, "--labels", "--domain", "transactions", "--out", scored);

        Assert.True(replay.Code == 0, replay.Everything);
        Assert.True(offline.Code == 0, offline.Everything);
        Dictionary<string, string[]> rows = File.ReadLines(scored).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0]);
        string[][] events = [.. (await ReadAsync())["events"].Select(row => row.Split('|'))];
        Assert.Equal(events.Length, rows.Count);
        Assert.Contains(events, row => row[15] == "1");
        foreach (string[] row in events)
        {
            Assert.Equal(double.Parse(row[10]), double.Parse(rows[row[2]][5]), 6);
            Assert.Equal(double.Parse(row[11]), double.Parse(rows[row[2]][6]), 9);
            Assert.Equal(row[15], rows[row[2]][7]);
        }
    }

    [Fact]
    public async Task Score_DiskFull_SaysSoAndLeavesNoHalfFile()
    {
        string file = Path.Combine(folder.Path, "stream.csv");
        SimulatedFile.Write(file, new Simulation.TransactionSimulatorOptions { Accounts = 200, Merchants = 60, Days = 30, Seed = 5 });
        string disk = Directory.CreateDirectory(Path.Combine(folder.Path, "disk")).FullName;

        ProgramResult result = await EcartProcess.RunWithDiskAsync(
            folder.Path, disk, kibibytes: 512, TestContext.Current.CancellationToken, "score", file, "--out", Path.Combine(disk, "scored.csv"));
        Require.Part(!result.Errors.Contains("unshare:", StringComparison.Ordinal), "a mount namespace", result.Errors);

        Assert.True(result.Code == 1, result.Everything);
        Assert.Contains("No space left on device", result.Errors, StringComparison.Ordinal);
        Assert.EndsWith("left:", result.Errors.TrimEnd(), StringComparison.Ordinal);
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);

    private Task<StoreContent> ReadAsync() => StoreContent.ReadAsync(folder.Path, "ecart", TestContext.Current.CancellationToken);
}
