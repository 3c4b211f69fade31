using System.Net;
using Ecart.App.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Serve.Access;

public sealed class SignInTests(MariaDbFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_RightPassword_BeginsASessionThatSignOutEnds()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Analyst);

        (HttpStatusCode status, System.Text.Json.JsonElement me) = await ada.AskAsync("GET", "/v1/me");
        Assert.Equal((HttpStatusCode.OK, "ada", "analyst"), (status, me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));

        string session = ada.Session!;
        using HttpResponseMessage left = await ada.PostFormAsync("/console/sign-out", (AccessGate.TokenField, ada.PageToken!));
        using Visitor thief = Visitor.Stranger(service);
        thief.SendSession(session);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.AskAsync("GET", "/v1/me")).Status);
        Assert.Equal(0, await service.CountAsync($"SELECT COUNT(*) FROM access_sessions WHERE secret_hash = '{session}'"));
    }

    [Fact]
    public async Task SignIn_Cookie_IsClosedToScriptsAndOtherSites()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await Visitor.AddUserAsync(service, "ada", AccessRole.Viewer);
        using Visitor ada = Visitor.Stranger(service);

        using HttpResponseMessage answer = await ada.SignInAsync("ada", Visitor.Password);

        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ada", "wrong password")]
    [InlineData("ada", "")]
    [InlineData("nobody", Visitor.Password)]
    [InlineData("ada' OR '1'='1", Visitor.Password)]
    [InlineData("<script>alert(1)</script>", "x")]
    public async Task SignIn_WrongNameOrPassword_SaysTheSameAndIsLogged(string name, string password)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await Visitor.AddUserAsync(service, "ada", AccessRole.Admin);
        using Visitor visitor = Visitor.Stranger(service);

        using HttpResponseMessage answer = await visitor.SignInAsync(name, password);
        string page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Name or password is wrong.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Null(visitor.Session);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM audit_log WHERE action = 'sign_in_failed'"));
    }

    [Fact]
    public async Task SignIn_AThousandWrongPasswords_AreRefusedEarlyAndOthersStillEnter()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await Visitor.AddUserAsync(service, "ada", AccessRole.Admin);
        await Visitor.AddUserAsync(service, "grace", AccessRole.Admin);
        using Visitor visitor = Visitor.Stranger(service);
        int refused = 0;

        for (int i = 0; i < 1000; i++)
        {
            using HttpResponseMessage answer = await visitor.SignInAsync("ada", $"wrong password {i}");
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests });
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused++;
        }

        using HttpResponseMessage right = await visitor.SignInAsync("ada", Visitor.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.True(refused >= 900, $"{refused}");
        Assert.True(await service.CountAsync("SELECT COUNT(*) FROM audit_log WHERE action = 'sign_in_failed'") is >= SignInLimiter.TriesOfName and < 100);
    }

    [Theory]
    [InlineData("https://evil.example/", "/console/home")]
    [InlineData("//evil.example", "/console/home")]
    [InlineData("/console/\\evil", "/console/home")]
    [InlineData("/console/home?x=1", "/console/home?x=1")]
    public async Task SignIn_Return_StaysWithinTheConsole(string back, string expected)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await Visitor.AddUserAsync(service, "ada", AccessRole.Viewer);
        using Visitor ada = Visitor.Stranger(service);

        using HttpResponseMessage answer = await ada.SignInAsync("ada", Visitor.Password, back);

        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Session_ExpiredDisabledOrForeign_IsRefused()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Admin);
        using Visitor grace = await Visitor.SignedInAsync(service, "grace", AccessRole.Admin);
        using Visitor foreign = Visitor.Stranger(service);
        foreign.SendSession(Secret.Make());

        await new UserStore(service.Database).SetDisabledAsync("ada", true, "test", Cancellation);
        await service.CountAsync("UPDATE access_sessions SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND; SELECT 0");

        foreach (Visitor visitor in (Visitor[])[ada, grace, foreign])
            Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.AskAsync("GET", "/v1/me")).Status);
    }

    [Fact]
    public async Task Change_WithoutThePagesToken_IsRefused()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Admin);
        using Visitor grace = await Visitor.SignedInAsync(service, "grace", AccessRole.Admin);

        using HttpResponseMessage without = await ada.PostFormAsync("/console/sign-out");
        using HttpResponseMessage another = await ada.PostFormAsync("/console/sign-out", (AccessGate.TokenField, grace.PageToken!));

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], new[] { without.StatusCode, another.StatusCode });
        Assert.Equal(HttpStatusCode.OK, (await ada.AskAsync("GET", "/v1/me")).Status);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Change_FromAnotherSite_IsRefusedEvenWhereItIsOpen(string header, string value)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor stranger = Visitor.Stranger(service);

        (HttpStatusCode status, _) = await stranger.AskAsync("POST", "/v1/events", Posted.Event("E1"), (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    [Fact]
    public async Task Invitation_OfTheFirstStart_IsGoodOnce()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        string secret = Secret.Make();
        await new InvitationStore(service.Database).AddAsync(FirstAdministrator.Name, Secret.Hash(secret), TimeSpan.FromHours(1), "test", Cancellation);
        string path = "/console/invitation/" + secret;
        using Visitor first = Visitor.Stranger(service);
        using Visitor second = Visitor.Stranger(service);

        using HttpResponseMessage looked = await first.GetAsync(path);
        using HttpResponseMessage shortOne = await first.PostFormAsync(path, ("password", "short"), ("again", "short"));
        using HttpResponseMessage differing = await first.PostFormAsync(path, ("password", Visitor.Password), ("again", Visitor.Password + "!"));
        using HttpResponseMessage chosen = await first.PostFormAsync(path, ("password", Visitor.Password), ("again", Visitor.Password));
        using HttpResponseMessage again = await second.PostFormAsync(path, ("password", Visitor.Password), ("again", Visitor.Password));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect, HttpStatusCode.NotFound],
            new[] { looked, shortOne, differing, chosen, again }.Select(answer => answer.StatusCode));
        Assert.Equal("admin", (await first.AskAsync("GET", "/v1/me")).Json.GetProperty("role").GetString());
        Assert.Null(second.Session);
        Assert.True(await new UserStore(service.Database).HasAdministratorAsync(Cancellation));
    }

    [Fact]
    public async Task Form_Oversized_IsRefused()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor stranger = Visitor.Stranger(service);

        using HttpResponseMessage answer = await stranger.SignInAsync("ada", new string('x', (int)AccessGate.MaximumBody + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Answers_AllOfThem_ForbidScriptsWithinAPageAndFrames()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor stranger = Visitor.Stranger(service);

        foreach (string path in (string[])["/console/sign-in", "/v1/me", "/nowhere", "/console/assets/console.css"])
        {
            using HttpResponseMessage answer = await stranger.GetAsync(path);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
    }

    [Theory]
    [InlineData("UPDATE audit_log SET actor = 'somebody else'")]
    [InlineData("DELETE FROM audit_log")]
    public async Task AuditLog_ChangedOrDeleted_RefusesIt(string sql)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        long rows = await service.CountAsync("SELECT COUNT(*) FROM audit_log");
        Assert.True(rows > 0);

        MySqlException error = await Assert.ThrowsAsync<MySqlException>(() => service.CountAsync(sql));

        Assert.Contains("only added to", error.Message, StringComparison.Ordinal);
        Assert.Equal(rows, await service.CountAsync("SELECT COUNT(*) FROM audit_log"));
    }

    [Theory]
    [InlineData("UPDATE verdict_history SET decided_by = 'somebody else'")]
    [InlineData("DELETE FROM verdict_history")]
    [InlineData("REPLACE INTO verdict_history SELECT * FROM verdict_history")]
    public async Task VerdictHistory_ChangedOrDeleted_RefusesIt(string sql)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.CountAsync(
            """
            INSERT INTO verdict_history (alert_id, domain, event_uid, from_status, to_status, score, decided_by)
            VALUES (1, 'transactions', 'E1', 'new', 'investigating', 0.5, 'ada'); SELECT 0
            """);

        MySqlException error = await Assert.ThrowsAsync<MySqlException>(() => service.CountAsync(sql));

        Assert.Contains("only added to", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM verdict_history WHERE decided_by = 'ada'"));
    }
}
