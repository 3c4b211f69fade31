using System.Net;
using System.Net.Http.Headers;
using Ecart.App.Serve.Access;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Users and keys by the program alone, as somebody who runs it makes them.</summary>
public sealed class AccessCommandTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create("access");
    private string database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync("access", Cancellation);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Serve_FirstStart_PrintsALinkAndListensOnThisMachineAndKeysOpenIt()
    {
        string key = (await DoneAsync("keys", "create", "importer", "--role", "viewer")).Trim();
        Uri address = EcartProcess.FreeAddress();
        string file = Path.Combine(folder.Path, "ecart.yaml");
        await File.WriteAllTextAsync(file, $"http:\n  listen: {address}\n", Cancellation);
        using EcartProcess serving = EcartProcess.StartOn(database, folder.Path, "serve", "--config", file);
        using var client = new HttpClient { BaseAddress = address };
        await serving.WaitUntilReadyAsync(client, Cancellation);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        string me = await client.GetStringAsync("/v1/me", Cancellation);
        await DoneAsync("keys", "revoke", "importer");
        await Task.Delay(KnownKeys.Fresh, Cancellation);
        using HttpResponseMessage refused = await client.GetAsync("/v1/me", Cancellation);
        serving.Terminate();
        ProgramResult served = await serving.WaitAsync(Cancellation);

        Assert.Contains("\"key:importer\"", me, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains($"Choose the password of 'admin' at {address}console/invitation/", served.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("invitation", served.Errors, StringComparison.Ordinal);
        Assert.Matches("importer +viewer .* revoked", await DoneAsync("keys", "list"));
    }

    [Fact]
    public async Task Users_AddedChangedAndShutOut_AreListedSo()
    {
        string link = await DoneAsync("users", "add", "ada", "--role", "analyst", "--address", "https://ecart.example/");
        string invited = await DoneAsync("users", "list");
        await DoneAsync("users", "set-role", "ada", "admin");
        string promoted = await DoneAsync("users", "list");
        await DoneAsync("users", "disable", "ada");
        string disabled = await DoneAsync("users", "list");
        ProgramResult uninvited = await RunAsync("users", "invite", "ada");

        Assert.Matches(@"\Ahttps://ecart\.example/console/invitation/[\w-]{43}\s*\z", link);
        Assert.Matches("ada +analyst +invited +never", invited);
        Assert.Matches("ada +admin +invited +never", promoted);
        Assert.Matches("ada +admin +disabled +never", disabled);
        Assert.Equal(2, uninvited.Code);
    }

    [Theory]
    [InlineData("users add Ada --role viewer", "'Ada' cannot be used")]
    [InlineData("users add ada --role owner", "'owner' is not a role")]
    [InlineData("users add ada", "--role")]
    [InlineData("users disable nobody", "no user 'nobody'")]
    [InlineData("keys revoke nothing", "no valid key 'nothing'")]
    public async Task Mistake_IsNamed(string arguments, string expected)
    {
        ProgramResult result = await RunAsync(arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_ByTheStoreAndByTheService_ListsTheSame()
    {
        string key = (await DoneAsync("keys", "create", "auditor", "--role", "admin")).Trim();
        string keyFile = Path.Combine(folder.Path, "key");
        await File.WriteAllTextAsync(keyFile, key, Cancellation);
        Uri address = EcartProcess.FreeAddress();
        string file = Path.Combine(folder.Path, "ecart.yaml");
        await File.WriteAllTextAsync(file, $"http:\n  listen: {address}\n", Cancellation);
        using EcartProcess serving = EcartProcess.StartOn(database, folder.Path, "serve", "--config", file);
        using var client = new HttpClient { BaseAddress = address };
        await serving.WaitUntilReadyAsync(client, Cancellation);

        string byService = await DoneAsync("audit", "--server", address.ToString(), "--key", "file:" + keyFile, "--output", "csv");
        string byStore = await DoneAsync("audit", "--output", "csv");
        string oldest = await DoneAsync("audit", "--output", "json", "--most", "1");
        ProgramResult stranger = await RunAsync("audit", "--server", address.ToString());
        serving.Terminate();
        await serving.WaitAsync(Cancellation);
        ProgramResult gone = await RunAsync("audit", "--server", address.ToString(), "--key", "file:" + keyFile);

        Assert.Equal(byStore, byService);
        Assert.Contains(",create,key,auditor,", byStore, StringComparison.Ordinal);
        Assert.Single(oldest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, stranger.Code);
        Assert.Contains("the service answered 401", stranger.Errors, StringComparison.Ordinal);
        Assert.Equal(1, gone.Code);
        Assert.DoesNotContain("   at ", gone.Errors, StringComparison.Ordinal);
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        ProgramResult result = await RunAsync(arguments);
        Assert.True(result.Code == 0, result.Everything);
        return result.Output;
    }

    private async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using EcartProcess process = EcartProcess.StartOn(database, folder.Path, arguments);
        return await process.WaitAsync(Cancellation);
    }
}
