using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.App.Tests.Serve.Alerts;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Alerts;

public sealed class AlertWorkCommandTests(MariaDbFixture server) : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("alert-work");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Work_FromListToDecision_IsDoneOnTheStore()
    {
        string database = await server.CreateDatabaseAsync("alertwork", Cancellation);
        await new SchemaMigrator().MigrateAsync(database, false, null, Cancellation);
        await AlertStoreRows.AddAsync(database, 5);
        await new UserStore(database).AddAsync("ada", AccessRole.Analyst, "test", Cancellation);

        ProgramResult list = await OnAsync(database, "alerts", "list", "--output", "csv", "--severity", "low,medium");
        ProgramResult json = await OnAsync(database, "alerts", "list", "--output", "json", "--status", "all", "--sort", "score", "--most", "2");
        ProgramResult take = await OnAsync(database, "alerts", "take", "1", "99");
        ProgramResult assign = await OnAsync(database, "alerts", "assign", "1", "--to", "ada", "--note", "please look");
        ProgramResult nobody = await OnAsync(database, "alerts", "assign", "1", "--to", "nobody");
        ProgramResult decide = await OnAsync(database, "alerts", "decide", "1", "2", "--as", "confirmed_fraud", "--output", "json");
        ProgramResult show = await OnAsync(database, "alerts", "show", "1");
        ProgramResult missing = await OnAsync(database, "alerts", "show", "77");

        string[] lines = list.Output.Trim().Split('\n');
        Assert.Equal("id,occurred_at,domain,entity_type,entity_id,event_uid,severity,score,status,assigned_to,revision,updated_at,detail", lines[0]);
        Assert.Equal(["2", "1"], lines[1..].Select(line => line.Split(',')[0]));
        Assert.Equal([5, 4], json.Output.Trim().Split('\n').Select(line => JsonElement.Parse(line).GetProperty("id").GetInt32()));
        Assert.Equal((1, "alert 1: done\nalert 99: missing. There is no alert of this number.\n"), (take.Code, take.Output));
        Assert.Equal((0, 2), (assign.Code, nobody.Code));
        Assert.Contains("nobody who may work on alerts", nobody.Errors, StringComparison.Ordinal);
        Assert.Equal(["waiting", "waiting"], decide.Output.Trim().Split('\n').Select(line => JsonElement.Parse(line).GetProperty("label").GetString()));
        Assert.Contains("evidence   velocity +0.300000: 12 earlier transactions.", show.Output, StringComparison.Ordinal);
        Assert.Contains("set_status investigating to confirmed_fraud", show.Output, StringComparison.Ordinal);
        Assert.Equal(2, missing.Code);
    }

    [Theory]
    [InlineData("alerts list --status lost", "status is not one of")]
    [InlineData("alerts list --most many", "limit is not a whole number")]
    [InlineData("alerts decide 1 --as maybe", "maybe")]
    [InlineData("alerts decide 1", "--as")]
    [InlineData("alerts take", "ID")]
    [InlineData("alerts take one", "is not a whole number")]
    public async Task Work_WrongCommandLine_NamesTheMistake(string arguments, string expected)
    {
        ProgramResult result = await EcartProcess.RunAsync(folder.Path, Cancellation, arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    private async Task<ProgramResult> OnAsync(string database, params string[] arguments)
    {
        using EcartProcess process = EcartProcess.StartOn(database, folder.Path, arguments);
        return await process.WaitAsync(Cancellation);
    }
}
