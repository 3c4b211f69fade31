using Ecart.App.Serve.Access;
using Ecart.App.Tests.Programs;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Access;

/// <summary>What the service says at its start to whoever runs it, when nobody can sign in as an administrator.</summary>
public sealed class FirstAdministratorTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create("first");
    private string database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await server.CreateDatabaseAsync("first", Cancellation);
        await new SchemaMigrator().MigrateAsync(database, false, null, Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Start_AdminWasShutOut_StaysSoAndItIsSaidWhatToDo()
    {
        var users = new UserStore(database);
        await users.AddAsync(FirstAdministrator.Name, AccessRole.Admin, "test", Cancellation);
        await users.SetPasswordAsync(FirstAdministrator.Name, Passwords.Hash(Visitor.Password), "test", Cancellation);
        await users.SetDisabledAsync(FirstAdministrator.Name, true, "test", Cancellation);

        ProgramResult served = await ServeAsync();

        Assert.DoesNotContain("/console/invitation/", served.Everything, StringComparison.Ordinal);
        Assert.Contains("'admin' is shut out: 'ecart users add NAME --role admin' makes another, 'ecart users enable admin' lets them in again.", served.Errors, StringComparison.Ordinal);
        Assert.True((await users.FindAsync(FirstAdministrator.Name, Cancellation))!.IsDisabled);
    }

    [Fact]
    public async Task Start_AdminHasAnotherRole_KeepsItAndItIsSaidWhatToDo()
    {
        var users = new UserStore(database);
        await users.AddAsync(FirstAdministrator.Name, AccessRole.Viewer, "test", Cancellation);

        ProgramResult served = await ServeAsync();

        Assert.DoesNotContain("/console/invitation/", served.Everything, StringComparison.Ordinal);
        Assert.Contains("'ecart users set-role admin admin' makes them one.", served.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AnotherAdministratorCanSignIn_SaysNothing()
    {
        var users = new UserStore(database);
        await users.AddAsync("grace", AccessRole.Admin, "test", Cancellation);
        await users.SetPasswordAsync("grace", Passwords.Hash(Visitor.Password), "test", Cancellation);

        ProgramResult served = await ServeAsync();

        Assert.DoesNotContain("sign in", served.Everything, StringComparison.Ordinal);
        Assert.Null(await users.FindAsync(FirstAdministrator.Name, Cancellation));
    }

    [Fact]
    public async Task HasAdministrator_ByAnotherServiceAlone_CountsWhereThatIsAsked()
    {
        var users = new UserStore(database);
        await new IdentityStore(database).EnterAsync("https://issuer.example", "s1", "grace", AccessRole.Admin, Cancellation);

        Assert.False(await users.HasAdministratorAsync(Cancellation));
        Assert.True(await users.HasAdministratorAsync(Cancellation, withIdentities: true));
    }

    private async Task<ProgramResult> ServeAsync()
    {
        Uri address = EcartProcess.FreeAddress();
        string file = Path.Combine(folder.Path, "ecart.yaml");
        await File.WriteAllTextAsync(file, $"http:\n  listen: {address}\n", Cancellation);
        using EcartProcess serving = EcartProcess.StartOn(database, folder.Path, "serve", "--config", file);
        using var client = new HttpClient { BaseAddress = address };
        await serving.WaitUntilReadyAsync(client, Cancellation);
        serving.Terminate();
        return await serving.WaitAsync(Cancellation);
    }
}
