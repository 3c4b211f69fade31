using System.Net;
using System.Text.Json;
using Ecart.App.Serve.Access;
using Ecart.App.Tests.Serve;
using Ecart.App.Tests.Serve.Access;
using Ecart.Client;
using Ecart.Client.Alerts;
using Ecart.Client.Exceptions;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;
using AuditEntry = Ecart.Client.AuditEntry;

namespace Ecart.App.Tests.Client;

/// <summary>The client against a running service.</summary>
public sealed class EcartClientTests(MariaDbFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostEvent_FarFromNormal_AnswersItsVerdictAndAgainTheSame()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using var client = new EcartClient(service.Address);

        EventAnswer answer = await client.PostEventAsync(Make("T1", 60000), cancellationToken: Cancellation);
        EventAnswer again = await client.PostEventAsync(Make("T1", 60000), cancellationToken: Cancellation);

        Assert.Equal(("T1", EventDecision.Review, false, false, EventSeverity.Medium), (answer.EventUid, answer.Decision, answer.Degraded, answer.Duplicate, answer.Severity));
        Assert.Contains(answer.Reasons!, reason => reason.Type == "high_amount" && reason.Detail == "Amount 60000.00 is above 10000.");
        Assert.Equal(new EventVersions(1, 1), answer.Versions);
        Assert.Equal((true, answer.Score, answer.RankScore), (again.Duplicate, again.Score, again.RankScore));
    }

    [Fact]
    public async Task PostEvents_Several_AnswersEachInItsOrder()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using var client = new EcartClient(service.Address);

        IReadOnlyList<ItemResult<EventAnswer>> results = await client.PostEventsAsync([Make("T1", 1), Make("T2", 1) with { Domain = "nowhere" }, Make("T3", 1)], cancellationToken: Cancellation);
        IReadOnlyList<ItemResult<LabelAnswer>> labels = await client.PostLabelsAsync(
            [new LabelRequest { EventUid = "T1", IsFraud = true, Source = "chargeback" }, new LabelRequest { EventUid = "T9", IsFraud = false }], Cancellation);

        Assert.Equal([true, false, true], results.Select(result => result.IsDone));
        Assert.Equal((422, "domain"), (results[1].Status, results[1].Problem!.Field));
        Assert.Equal(new LabelAnswer("T1", true, false), labels[0].Answer);
        Assert.Equal((404, "urn:ecart:problem:unknown_event"), (labels[1].Status, labels[1].Problem!.Type));
        Assert.Empty(await client.PostEventsAsync([], cancellationToken: Cancellation));
    }

    [Fact]
    public async Task PostEvent_Unusable_ThrowsTheProblemWithItsField()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using var client = new EcartClient(service.Address);
        EventRequest wrong = Make("T1", 1);
        wrong.Data["amount"] = "ten";

        var problem = await Assert.ThrowsAsync<EcartProblemException>(() => client.PostEventAsync(wrong, cancellationToken: Cancellation));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "amount", "ten", "T1"), (problem.Status, problem.Field, problem.Problem.Value, problem.Problem.EventUid));
        Assert.Contains("'ten' is not a number", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAudit_MoreThanAPage_ReadsAllOnceAndOnlyAsFarAsAsked()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        var audit = new AuditLog(service.Database);
        for (int i = 0; i < 120; i++) await audit.AppendAsync("test", "probe", "nothing", $"{i}", new Dictionary<string, string> { ["i"] = $"{i}" }, Cancellation);
        using EcartClient client = await ProgramAsync(service, AccessRole.Admin);

        AuditEntry[] all = await client.ReadAuditAsync(Cancellation).Where(entry => entry.Action == "probe").ToArrayAsync(Cancellation);
        AuditEntry newest = await client.ReadAuditAsync(Cancellation).FirstAsync(entry => entry.Action == "probe", Cancellation);

        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(i => $"{i}"), all.Select(entry => entry.SubjectId));
        Assert.Equal("119", newest.Detail!.Value.GetProperty("i").GetString());
        Assert.Equal(TimeSpan.Zero, newest.At.Offset);
    }

    [Fact]
    public async Task GetMe_ByKeyAndWithout_IsTheKeyOrRefused()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using EcartClient client = await ProgramAsync(service, AccessRole.Analyst);
        using var stranger = new EcartClient(service.Address);

        Caller me = await client.GetMeAsync(Cancellation);
        var refused = await Assert.ThrowsAsync<EcartProblemException>(() => stranger.GetMeAsync(Cancellation));
        var forbidden = await Assert.ThrowsAsync<EcartProblemException>(async () => await client.ReadAuditAsync(Cancellation).FirstAsync(Cancellation));

        Assert.Equal(("key:probe", "analyst"), (me.Name, me.Role));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (refused.Status, forbidden.Status));
    }

    [Fact]
    public async Task Alerts_OneIsWorkedOn_AreListedShownAndHaveAHistory()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using EcartClient client = await ProgramAsync(service, AccessRole.Analyst);
        await client.PostEventAsync(Make("T1", 60000), cancellationToken: Cancellation);

        Alert[] all = await client.Alerts.ListAsync(new AlertFilter { Statuses = [AlertStatus.New], Sort = AlertSort.Score, EntityId = "A1" }, Cancellation).ToArrayAsync(Cancellation);
        AlertActionResult done = Assert.Single(await client.Alerts.DoAsync(
            new AlertAction { Action = AlertActionKind.Comment, Ids = [all[0].Id], Note = "The holder has been called." }, Cancellation));
        AlertDetail detail = await client.Alerts.GetAsync(all[0].Id, Cancellation);
        AlertHistoryEntry entry = await client.Alerts.ReadHistoryAsync(all[0].Id, Cancellation).SingleAsync(Cancellation);
        AlertCounts counts = await client.Alerts.CountAsync(Cancellation);
        var missing = await Assert.ThrowsAsync<EcartProblemException>(() => client.Alerts.GetAsync(999, Cancellation));

        Assert.Equal(("T1", EventSeverity.Medium, AlertStatus.New), (Assert.Single(all).EventUid, all[0].Severity, all[0].Status));
        Assert.Equal((200, AlertActionOutcome.Done), (done.Status, done.Outcome));
        Assert.Contains(detail.Evidence, finding => finding.Code == "high_amount");
        Assert.Equal(("key:probe", "The holder has been called."), (entry.Actor, entry.Note));
        Assert.Equal(1, counts.Counts["new"]);
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
    }

    [Fact]
    public async Task Exceptions_MadeAndTakenBack_AreListedSo()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using EcartClient client = await ProgramAsync(service, AccessRole.Analyst);
        var request = new ExceptionRequest { Domain = "transactions", EntityType = "account", EntityId = "A1", Reason = "The holder buys a car.", Days = 7 };

        ExceptionPreview preview = await client.Exceptions.PreviewAsync(request, Cancellation);
        ExceptionItem made = await client.Exceptions.AddAsync(request, Cancellation);
        ExceptionItem revoked = await client.Exceptions.RevokeAsync(made.Id, "The car is bought.", Cancellation);
        ExceptionItem[] all = await client.Exceptions.ListAsync(new ExceptionFilter { State = ExceptionState.Revoked }, Cancellation).ToArrayAsync(Cancellation);
        var wrong = await Assert.ThrowsAsync<EcartProblemException>(() => client.Exceptions.AddAsync(request with { Reason = null }, Cancellation));

        Assert.Equal(0, preview.Alerts);
        Assert.Equal((ExceptionState.Active, "key:probe"), (made.State, made.CreatedBy));
        Assert.Equal("The car is bought.", revoked.RevokeReason);
        Assert.Equal(made.Id, Assert.Single(all).Id);
        Assert.Equal("reason", wrong.Field);
        Assert.Empty(await client.Exceptions.ReadEventsAsync(made.Id, Cancellation).ToArrayAsync(Cancellation));
        Assert.Equal("transactions", (await client.GetJsonAsync("v1/metrics/daily", Cancellation)).GetProperty("domain").GetString());
    }

    private static EventRequest Make(string uid, double amount) => new()
    {
        EventUid = uid,
        Domain = "transactions",
        Entities = { ["account"] = "A1", ["merchant"] = "M1" },
        OccurredAt = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
        Data = { ["amount"] = amount, ["channel"] = "online", ["country"] = "FR" },
    };

    private static async Task<EcartClient> ProgramAsync(RunningService service, AccessRole role)
    {
        string secret = Secret.KeyPrefix + Secret.Make();
        Assert.True(await new KeyStore(service.Database).AddAsync("probe", role, Secret.Hash(secret), "test", Cancellation));
        return new EcartClient(service.Address, secret);
    }
}
