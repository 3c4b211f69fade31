using System.Net;
using Ecart.App.Commands;
using Ecart.App.Serve;
using Ecart.App.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Ecart.App.Tests.Serve.Access;

/// <summary>Signing in by another service, against one that really signs tokens.</summary>
public sealed class OpenIdTests(MariaDbFixture server)
{
    private const string BeginPath = "/console/sign-in/openid";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_VouchedFor_BeginsASessionWithTheRoleOfTheClaim()
    {
        await using TestAuthority authority = await TestAuthority.StartAsync();
        await using RunningService service = await StartAsync(authority);
        using Visitor grace = Visitor.Stranger(service);

        using HttpResponseMessage done = await SignInAsync(authority, grace, "/console/home?x=1");

        Assert.Equal((HttpStatusCode.Redirect, "/console/home?x=1"), (done.StatusCode, done.Headers.Location?.OriginalString));
        (_, System.Text.Json.JsonElement me) = await grace.AskAsync("GET", "/v1/me");
        Assert.Equal(("grace", "analyst"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM audit_log WHERE action = 'add' AND actor = 'openid' AND subject_id = 'grace'"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM audit_log WHERE action = 'sign_in' AND actor = 'grace'"));
    }

    [Fact]
    public async Task SignIn_Page_LeadsToTheOtherServiceWhereThereIsOne()
    {
        await using TestAuthority authority = await TestAuthority.StartAsync();
        await using RunningService with = await StartAsync(authority);
        await using RunningService without = await RunningService.StartAsync(server);

        Assert.Contains("Sign in with Our directory", await with.GetAsync("/console/sign-in"), StringComparison.Ordinal);
        Assert.DoesNotContain("/openid", await without.GetAsync("/console/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_Again_IsTheSamePersonUnderAnotherNameAndWithTheRoleOfToday()
    {
        await using TestAuthority authority = await TestAuthority.StartAsync();
        await using RunningService service = await StartAsync(authority);
        using Visitor grace = Visitor.Stranger(service);
        (await SignInAsync(authority, grace)).Dispose();
        authority.Claims["preferred_username"] = "grace.hopper";
        authority.Claims["roles"] = "ecart-viewer";

        (await SignInAsync(authority, grace)).Dispose();

        (_, System.Text.Json.JsonElement me) = await grace.AskAsync("GET", "/v1/me");
        Assert.Equal(("grace", "viewer"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM access_users WHERE created_by = 'openid'"));
    }

    [Fact]
    public async Task SignIn_NewKeysOfTheAuthority_AreTakenOver()
    {
        await using TestAuthority authority = await TestAuthority.StartAsync();
        await using RunningService service = await StartAsync(authority);
        using Visitor grace = Visitor.Stranger(service);
        (await SignInAsync(authority, grace)).Dispose();
        authority.Rotate();

        using HttpResponseMessage done = await SignInAsync(authority, grace);

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
    }

    [Theory]
    [InlineData("other state")]
    [InlineData("no state")]
    [InlineData("other browser")]
    [InlineData("no code")]
    [InlineData("unknown code")]
    [InlineData("code twice")]
    public async Task Callback_NotOfThisSignIn_IsRefusedAndLogged(string fault)
    {
        await using TestAuthority authority = await TestAuthority.StartAsync();
        await using RunningService service = await StartAsync(authority);
        using Visitor grace = Visitor.Stranger(service);
        using Visitor other = Visitor.Stranger(service);
        string back = authority.Agree(await BeginAsync(grace));
        Visitor sender = fault == "other browser" ? other : grace;
        string target = fault switch
        {
            "other state" => back[..(back.LastIndexOf('=') + 1)] + Secret.Make(),
            "no state" => back[..back.IndexOf("&state", StringComparison.Ordinal)],
            "no code" => back.Replace("code=", "error=access_denied&x=", StringComparison.Ordinal),
            "unknown code" => back.Replace("code=", "code=0", StringComparison.Ordinal),
            _ => back,
        };
        if (fault == "code twice") (await grace.GetAsync(back)).Dispose();

        using HttpResponseMessage answer = await sender.GetAsync(target);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(fault == "code twice", grace.Session is not null);
        Assert.Null(other.Session);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM audit_log WHERE action = 'sign_in_failed'"));
    }

    [Fact]
    public async Task SignIn_ManyFromOneAddress_EnterAndFailuresAreLimited()
    {
        await using TestAuthority authority = await TestAuthority.StartAsync();
        await using RunningService service = await StartAsync(authority);
        using Visitor grace = Visitor.Stranger(service);
        for (int i = 0; i < 2 * SignInLimiter.TriesOfAddress; i++)
        {
            using HttpResponseMessage done = await SignInAsync(authority, grace);
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        }

        var failures = new List<HttpStatusCode>();
        for (int i = 0; i < 10 * SignInLimiter.TriesOfName; i++)
        {
            using HttpResponseMessage failed = await grace.GetAsync(BeginPath + "/callback?code=x&state=y");
            failures.Add(failed.StatusCode);
        }

        Assert.All(failures.Take(SignInLimiter.TriesOfName), status => Assert.Equal(HttpStatusCode.Forbidden, status));
        Assert.Contains(HttpStatusCode.TooManyRequests, failures);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("expired")]
    [InlineData("no expiry")]
    [InlineData("foreign key")]
    [InlineData("foreign key of the same name")]
    [InlineData("shared secret")]
    [InlineData("unsigned")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("not yet")]
    [InlineData("no name")]
    [InlineData("no subject")]
    public async Task Token_NotRight_IsRefused(string fault)
    {
        await using TestAuthority authority = await TestAuthority.StartAsync();
        await using RunningService service = await StartAsync(authority);
        using Visitor grace = Visitor.Stranger(service);
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        if (fault == "foreign key") authority.Foreign = new SigningCredentials(TestAuthority.MakeKey("key-9"), SecurityAlgorithms.RsaSha256);
        if (fault == "foreign key of the same name") authority.Foreign = new SigningCredentials(TestAuthority.MakeKey("key-1"), SecurityAlgorithms.RsaSha256);
        if (fault == "shared secret")
            authority.Foreign = new SigningCredentials(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(TestAuthority.ClientSecret + new string('x', 32))), SecurityAlgorithms.HmacSha256);
        authority.Spoil = token =>
        {
            switch (fault)
            {
                case "nonce": token.Claims["nonce"] = Secret.Make(); break;
                case "expired": (token.IssuedAt, token.NotBefore, token.Expires) = (now.AddMinutes(-10), now.AddMinutes(-10), now.AddMinutes(-1)); break;
                case "not yet": (token.NotBefore, token.Expires) = (now.AddMinutes(5), now.AddMinutes(10)); break;
                case "unsigned": token.SigningCredentials = null; break;
                case "issuer": token.Issuer = "https://elsewhere.example"; break;
                case "audience": token.Audience = "another-program"; break;
                case "no name": token.Claims.Remove("preferred_username"); break;
                case "no subject": token.Claims.Remove("sub"); break;
                case "no expiry": (token.Expires, token.NotBefore, token.IssuedAt) = (null, null, null); break;
                default: break;
            }
        };
        if (fault == "no expiry") authority.HasDefaultTimes = false;

        using HttpResponseMessage answer = await SignInAsync(authority, grace);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("The other service did not sign you in.", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Null(grace.Session);
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM access_users WHERE created_by = 'openid'"));
    }

    [Theory]
    [InlineData("role", "nothing says what you may do here")]
    [InlineData("name", "cannot be used here")]
    [InlineData("taken", "Somebody else has your name here")]
    [InlineData("disabled", "You are shut out here")]
    public async Task Person_NotLetIn_IsToldWhy(string fault, string expected)
    {
        await using TestAuthority authority = await TestAuthority.StartAsync();
        await using RunningService service = await StartAsync(authority);
        using Visitor grace = Visitor.Stranger(service);
        if (fault == "role") authority.Claims["roles"] = new[] { "others", "admin" };
        if (fault == "name") authority.Claims["preferred_username"] = "<script>alert(1)</script>";
        if (fault == "taken") await Visitor.AddUserAsync(service, "grace", AccessRole.Admin);
        if (fault == "disabled")
        {
            (await SignInAsync(authority, grace)).Dispose();
            await new UserStore(service.Database).SetDisabledAsync("grace", true, "test", Cancellation);
        }

        using HttpResponseMessage answer = await SignInAsync(authority, grace);
        string page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(expected, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await grace.AskAsync("GET", "/v1/me")).Status);
    }

    [Fact]
    public async Task Authority_Away_IsToldAndPasswordsStillWork()
    {
        string address;
        await using (TestAuthority gone = await TestAuthority.StartAsync()) address = gone.Address;
        await using RunningService service = await RunningService.StartAsync(server, options => options.Http.Openid = new OpenIdOptions { Authority = address, ClientId = "x" });
        using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Viewer);

        using HttpResponseMessage answer = await ada.GetAsync(BeginPath);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ada.AskAsync("GET", "/v1/me")).Status);
    }

    [Theory]
    [InlineData("ECART_HTTP__OPENID__AUTHORITY", "http://directory.example", "http.openid.authority")]
    [InlineData("ECART_HTTP__OPENID__AUTHORITY", "https://directory.example", "http.openid.client_id")]
    public void Settings_NotFitting_AreNamed(string variable, string value, string expected)
    {
        var error = Assert.Throws<CommandException>(() => ServeConfiguration.Read(null, [KeyValuePair.Create(variable, (string?)value)]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SignInAsync(TestAuthority authority, Visitor visitor, string back = "") =>
        await visitor.GetAsync(authority.Agree(await BeginAsync(visitor, back)));

    private static async Task<string> BeginAsync(Visitor visitor, string back = "")
    {
        using HttpResponseMessage begun = await visitor.GetAsync($"{BeginPath}?return={Uri.EscapeDataString(back)}");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        return begun.Headers.Location!.OriginalString;
    }

    private async Task<RunningService> StartAsync(TestAuthority authority)
    {
        string secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, TestAuthority.ClientSecret, Cancellation);
        return await RunningService.StartAsync(server, options => options.Http.Openid = new OpenIdOptions
        {
            Authority = authority.Address,
            ClientId = TestAuthority.ClientId,
            ClientSecret = "file:" + secret,
            Title = "Our directory",
        });
    }
}
