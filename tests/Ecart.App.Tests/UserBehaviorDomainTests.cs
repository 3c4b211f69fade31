using System.Globalization;
using System.Text;
using Ecart.App.Tests.Programs;
using Ecart.App.Tests.Serve;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Actions of users through the whole program, from JSON lines to the tables.</summary>
public sealed class UserBehaviorDomainTests(MariaDbFixture server) : IDisposable
{
    private const int Ordinary = 300;
    private readonly TestFolder folder = TestFolder.Create("users");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Replay_LoginFarAwayAnHourLater_IsFlaggedStoredAndProfilesPublishedOnce()
    {
        string file = WriteActions();

        ProgramResult first = await RunAsync("replay", "--domain", "user_behavior", file);
        ProgramResult again = await RunAsync("replay", "--domain", "user_behavior", "--again", file);
        string[] flagged = await AskAsync("SELECT event_uid, entity_id, reasons LIKE '%impossible_travel%' FROM events WHERE is_anomaly");
        string[] counts = await AskAsync(
            "SELECT (SELECT COUNT(*) FROM events WHERE domain = 'user_behavior' AND entity_type = 'user'), (SELECT COUNT(*) FROM anomaly_alerts WHERE domain = 'user_behavior'), "
            + "(SELECT COUNT(*) FROM normal_profiles WHERE domain = 'user_behavior' AND observation_count > 10), "
            + "(SELECT JSON_VALUE(data, '$.resource') FROM events WHERE event_uid = 'far')");

        Assert.True(first.Code == 0, first.Everything);
        Assert.True(again.Code == 0, again.Everything);
        Assert.Equal(["far\tuser1\t1"], flagged);
        Assert.Equal([$"{Ordinary + 1}\t1\t3\t/wiki/start"], counts);
    }

    [Fact]
    public async Task Score_Actions_WritesUserAndOutcome()
    {
        string output = Path.Combine(folder.Path, "scored.csv");

        ProgramResult result = await RunAsync("score", "--domain", "user_behavior", WriteActions(), "--out", output);

        Assert.True(result.Code == 0, result.Everything);
        string[] lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.StartsWith("uid,occurred_at,user,event_type,resource,outcome,score", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("far,", StringComparison.Ordinal) && line.Contains(",user1,login,/wiki/start,success,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_AuthLogThatGrows_StoresTheActionsOfItsLinesOnce()
    {
        string file = Path.Combine(folder.Path, "auth.log");
        await File.WriteAllTextAsync(file, LogLines(0, 20), TestContext.Current.CancellationToken);
        using ServingDomain serving = await ServingDomain.StartAsync(server, "user_behavior", $"files:\n  - path: {file}");

        await serving.WaitForRowsAsync("events", 20);
        await File.AppendAllTextAsync(file, LogLines(20, 25), TestContext.Current.CancellationToken);
        await serving.WaitForRowsAsync("events", 25);
        await serving.StopAsync();

        Assert.Equal(
            "25 25 1 1", await serving.AskAsync("SELECT CONCAT_WS(' ', COUNT(*), COUNT(DISTINCT event_uid), COUNT(DISTINCT entity_id), MIN(score) IS NOT NULL) FROM events"));
        Assert.Equal(
            "alice login", await serving.AskAsync("SELECT CONCAT_WS(' ', MIN(entity_id), MIN(event_type)) FROM events WHERE JSON_VALUE(data, '$.resource') = 'gate'"));
        Assert.Equal("0", await serving.AskAsync("SELECT COUNT(*) FROM rejected_events"));
    }

    /// <summary>A log-in a minute, each after a line that is nobody's action.</summary>
    private static string LogLines(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(minute =>
        $"2026-03-02T08:{minute:00}:01+00:00 gate kernel: something else\n"
        + $"2026-03-02T08:{minute:00}:02+00:00 gate sshd[{4000 + minute}]: Accepted publickey for alice from 192.0.2.7 port 50022 ssh2: ED25519 SHA256:abc\n"));

    /// <summary>Three users who log in from Paris, and one of them from Tokyo within the hour.</summary>
    private string WriteActions()
    {
        var start = new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);
        var text = new StringBuilder();
        for (int i = 0; i < Ordinary; i++) text.Append(Line($"a{i}", start.AddHours(i), $"user{i % 3}", 48.86, 2.35, "FR")).Append('\n');
        text.Append(Line("far", start.AddHours(Ordinary - 2).AddMinutes(50), "user1", 35.68, 139.69, "JP")).Append('\n');
        string file = Path.Combine(folder.Path, "actions.jsonl");
        File.WriteAllText(file, text.ToString());
        return file;
    }

    private static string Line(string uid, DateTime at, string user, double latitude, double longitude, string country) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"event_uid":"{{{uid}}}","user":"{{{user}}}","event_type":"login","occurred_at":"{{{at:yyyy-MM-ddTHH:mm:ssZ}}}","resource":"/wiki/start","outcome":"success","country":"{{{country}}}","latitude":{{{latitude}}},"longitude":{{{longitude}}}}""");

    private Task<string[]> AskAsync(string sql) => EcartProcess.AskAsync(folder.Path, sql, TestContext.Current.CancellationToken);

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
