using System.Globalization;
using System.Text;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Actions of users through the whole program, from JSON lines to the tables.</summary>
public sealed class UserBehaviorDomainTests : IDisposable
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
