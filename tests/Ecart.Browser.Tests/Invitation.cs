using Ecart.App.Serve.Access;
using Ecart.App.Tests.Serve;
using Ecart.MariaDb.Access;
using Xunit;

namespace Ecart.Browser.Tests;

/// <summary>Links that invite people.</summary>
internal static class Invitation
{
    /// <summary>Invites a new analyst.</summary>
    /// <returns>The path of the link, good once.</returns>
    public static async Task<string> MakeAsync(RunningService service, string name)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string secret = Secret.Make();
        Assert.True(await new UserStore(service.Database).AddAsync(name, AccessRole.Analyst, "test", cancellation));
        Assert.True(await new InvitationStore(service.Database).AddAsync(name, Secret.Hash(secret), TimeSpan.FromHours(1), "test", cancellation));
        return new Uri(FirstAdministrator.LinkOf(service.Address.ToString(), secret)).AbsolutePath;
    }
}
