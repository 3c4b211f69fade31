using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.MariaDb.Delivery;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Alerts;

public sealed class AlertsCommandTests(MariaDbFixture server) : IDisposable
{
    private const string Key = "R0123456789abcdef0123456789abcde";
    private readonly TestFolder folder = TestFolder.Create("alerts");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TestFire_EachAnswer_IsPrintedWithoutTheSecret()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        string file = Write(receiver.Address);
        receiver.Reply = _ => new ReceiverReply(202, """{"status":"success","message":"Event processed"}""");
        ProgramResult taken = await RunAsync("alerts", "test-fire", "oncall", "--config", file);
        receiver.Reply = request => new ReceiverReply(400, request.Text);
        ProgramResult refused = await RunAsync("alerts", "test-fire", "oncall", "--config", file);
        ProgramResult unknown = await RunAsync("alerts", "test-fire", "nobody", "--config", file);

        Assert.Equal((0, "delivered: 202 Accepted: {\"status\":\"success\",\"message\":\"Event processed\"}\n"), (taken.Code, taken.Output));
        JsonElement body = receiver.Received[0].Json;
        Assert.StartsWith("TEST of the route oncall", body.GetProperty("payload").GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal(Key, body.GetProperty("routing_key").GetString());
        Assert.Equal(1, refused.Code);
        Assert.StartsWith("refused: 400 Bad Request", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refused.Everything, StringComparison.Ordinal);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("no route 'nobody': there are oncall", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliveriesAndRetry_FailedMessage_IsShownAndPendingAgain()
    {
        string database = await server.CreateDatabaseAsync("alerts", Cancellation);
        await new SchemaMigrator().MigrateAsync(database, false, null, Cancellation);
        await StoredAlerts.AddAsync(database, ["E1", "E2"]);
        await using (MySqlConnection connection = await StoreSession.OpenAsync(database, Cancellation))
        {
            await new AlertRouter("transactions", [new RouteRule { Name = "pagerduty" }], TimeSpan.FromDays(1)).RouteAsync(connection, 10, Cancellation);
            await using var fail = new MySqlCommand("UPDATE alert_deliveries SET state = 'failed', attempts = 3, last_error = '400 Bad Request: \"why\", it says' LIMIT 1", connection);
            await fail.ExecuteNonQueryAsync(Cancellation);
        }

        ProgramResult csv = await OnAsync(database, "alerts", "deliveries", "--output", "csv", "--state", "failed");
        ProgramResult json = await OnAsync(database, "alerts", "deliveries", "--output", "json", "--route", "pagerduty", "--since", "1h");
        ProgramResult retry = await OnAsync(database, "alerts", "retry", "--all", "--route", "pagerduty");
        ProgramResult table = await OnAsync(database, "alerts", "deliveries");

        string[] lines = csv.Output.Trim().Split('\n');
        Assert.Equal("id,created_at,route,action,kind,severity,count,state,attempts,next_attempt_at,delivered_at,dedup_key,last_error", lines[0]);
        Assert.EndsWith(",pagerduty,trigger,alerts,critical,1,failed,3,,,ecart:transactions:E1,\"400 Bad Request: \"\"why\"\", it says\"", Assert.Single(lines[1..]), StringComparison.Ordinal);
        Assert.Equal(["ecart:transactions:E2", "ecart:transactions:E1"], json.Output.Trim().Split('\n').Select(line => JsonElement.Parse(line).GetProperty("dedup_key").GetString()));
        Assert.Equal((0, "1 message is pending again.\n"), (retry.Code, retry.Output));
        Assert.Equal(2, table.Output.Split('\n').Count(line => line.Contains("pending", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("alerts retry", "Name the messages")]
    [InlineData("alerts retry 1 --all", "Name the messages")]
    [InlineData("alerts deliveries --state lost", "lost")]
    public async Task Alerts_WrongCommandLine_NamesTheMistake(string arguments, string expected)
    {
        ProgramResult result = await RunAsync(arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    private string Write(Uri receiver)
    {
        string key = Path.Combine(folder.Path, "key");
        File.WriteAllText(key, Key);
        string file = Path.Combine(folder.Path, "ecart.yaml");
        File.WriteAllText(file, $"alerts:\n  routes:\n    - name: oncall\n      target: pagerduty\n      url: {receiver}v2/enqueue\n      routing_key: file:{key}\n");
        return file;
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, Cancellation, arguments);

    private async Task<ProgramResult> OnAsync(string database, params string[] arguments)
    {
        using EcartProcess process = EcartProcess.StartOn(database, folder.Path, arguments);
        return await process.WaitAsync(Cancellation);
    }
}
