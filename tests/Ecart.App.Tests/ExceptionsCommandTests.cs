using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Exceptions and entities by the program alone.</summary>
public sealed class ExceptionsCommandTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create("exceptions");
    private string database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync("exceptions", Cancellation);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Exceptions_AddedPreviewedAndRevoked_AreListedSo()
    {
        string added = await DoneAsync("exceptions", "add", "--entity-type", "account", "--entity", "A1", "--rule", "amount < 900", "--reason", "Moves house");
        string active = await DoneAsync("exceptions", "list", "--state", "active", "--output", "csv");
        string preview = await DoneAsync("exceptions", "preview", "--rule", "amount > 1", "--output", "json");
        ProgramResult wrong = await RunAsync("exceptions", "add", "--rule", "amount >", "--reason", "r");
        ProgramResult nothing = await RunAsync("exceptions", "add", "--reason", "r");
        ProgramResult number = await RunAsync("exceptions", "add", "--event", "E", "--radius", "wide", "--reason", "r");
        ProgramResult approved = await RunAsync("exceptions", "approve", "1");
        string revoked = await DoneAsync("exceptions", "revoke", "1", "--reason", "Over");
        ProgramResult missing = await RunAsync("exceptions", "revoke", "99", "--reason", "Over");
        string after = await DoneAsync("exceptions", "list", "--output", "json");

        Assert.Contains("Exception 1 is in force until", added, StringComparison.Ordinal);
        Assert.Contains("1,active,transactions,account,A1,,amount < 900,", active, StringComparison.Ordinal);
        Assert.Equal("", preview.Trim());
        Assert.Equal([2, 2, 2, 2, 2], new[] { wrong.Code, nothing.Code, number.Code, approved.Code, missing.Code });
        Assert.Contains("wrong at character", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("silence everything", nothing.Errors, StringComparison.Ordinal);
        Assert.Contains("--radius 'wide' is not a number", number.Errors, StringComparison.Ordinal);
        Assert.Contains("Done.", revoked, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"revoked\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exceptions_ApprovalNeeded_WaitsAndIsNotApprovedByItsMaker()
    {
        string file = Path.Combine(folder.Path, "ecart.yaml");
        await File.WriteAllTextAsync(file, "console:\n  exceptions_need_approval: true\n", Cancellation);

        string added = await DoneAsync("exceptions", "add", "--config", file, "--entity-type", "account", "--entity", "A1", "--reason", "r");
        ProgramResult own = await RunAsync("exceptions", "approve", "1");
        string pending = await DoneAsync("exceptions", "list", "--state", "pending");

        Assert.Contains("waits for the approval", added, StringComparison.Ordinal);
        Assert.Contains("ask somebody else", own.Errors, StringComparison.Ordinal);
        Assert.Contains("A1", pending, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_WithAProfile_AreListedAndShown()
    {
        await DoneAsync("migrate");
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(
            """
            INSERT INTO normal_profiles (domain, entity_type, entity_id, centroid, observation_count, distance_mean, distance_std, embedding_version, configuration_version, lane, seq)
            VALUES ('user_behavior', 'user', 'ada', REPEAT(x'0000803f', 256), 42, 0.5, 0.1, 1, 1, 0, 1)
            """,
            connection);
        await command.ExecuteNonQueryAsync(Cancellation);

        string list = await DoneAsync("entities", "list", "--prefix", "ad", "--output", "csv");
        string shown = await DoneAsync("entities", "show", "user_behavior", "user", "ada");
        string json = await DoneAsync("entities", "show", "user_behavior", "user", "ada", "--output", "json");
        ProgramResult missing = await RunAsync("entities", "show", "user_behavior", "user", "bob");

        Assert.Contains("user_behavior,user,ada,42,", list, StringComparison.Ordinal);
        Assert.Contains("Its profile holds 42 normal events", shown, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"distance\"", json, StringComparison.Ordinal);
        Assert.Equal(2, missing.Code);
    }

    private async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using EcartProcess process = EcartProcess.StartOn(database, folder.Path, arguments);
        return await process.WaitAsync(Cancellation);
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        ProgramResult result = await RunAsync(arguments);
        Assert.True(result.Code == 0, result.Everything);
        return result.Output;
    }
}
