using System.Diagnostics;
using System.Text.Json;
using Ecart.Alerting.Targets;
using Ecart.MariaDb.Delivery;
using Ecart.Streaming.Delivery;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Delivery;

public sealed class AlertDispatcherTests(MariaDbFixture server)
{
    [Fact]
    public async Task Run_AlertsOfEverySeverity_TakeTheirRoutes()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        foreach (string severity in new[] { "critical", "high", "medium", "low" }) await AddAsync(delivery, severity, severity);
        await StoredAlerts.AddAsync(delivery.Database.ConnectionString, ["elsewhere"], "critical", domain: "network");
        AlertRoute all = delivery.Route("all", alert => alert.Severity != "low");

        await delivery.RunAsync(delivery.Dispatcher(delivery.Route("pagerduty"), delivery.Route("slack"), all), () => delivery.UntilAsync("delivered", 5));

        Assert.Equal(["trigger critical"], delivery.Told("pagerduty"));
        Assert.Equal(["trigger high"], delivery.Told("slack"));
        Assert.Equal(["trigger critical", "trigger high", "trigger medium"], delivery.Told("all").Order(StringComparer.Ordinal));
        Assert.Equal(1, await delivery.Database.CountAsync("SELECT COUNT(*) FROM alert_outbox WHERE state = 'unrouted' AND event_uid = 'low'"));
        Assert.Equal(1, await delivery.Database.CountAsync("SELECT COUNT(*) FROM alert_outbox WHERE state = 'pending' AND event_uid = 'elsewhere'"));
    }

    [Fact]
    public async Task Run_StatusChanges_AreToldInTheirOrderUnderOneKey()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        await AddAsync(delivery, "critical", "E1");
        int failures = 0;
        // The first message fails twice: what follows must wait for it.
        delivery.Receiver.Reply = _ => Interlocked.Increment(ref failures) <= 2 ? new ReceiverReply(500) : new ReceiverReply();

        await delivery.RunAsync(delivery.Dispatcher(delivery.Route("pagerduty")), async () =>
        {
            await delivery.UntilAsync(async () => await delivery.Database.CountAsync("SELECT COUNT(*) FROM alert_deliveries") == 1);
            string[] statuses = ["investigating", "confirmed_fraud", "investigating", "false_positive", "new", "resolved"];
            int[] messages = [2, 3, 5, 6, 7, 8];
            for (int i = 0; i < statuses.Length; i++)
            {
                await delivery.SetStatusAsync("E1", statuses[i]);
                await delivery.UntilAsync(async () => await delivery.Database.CountAsync("SELECT COUNT(*) FROM alert_deliveries") == messages[i]);
            }

            await delivery.UntilAsync("delivered", 8);
        });

        Assert.Equal(
            ["trigger E1", "acknowledge E1", "resolve E1", "trigger E1", "acknowledge E1", "resolve E1", "trigger E1", "resolve E1"], delivery.Told("pagerduty"));
        Assert.Single(delivery.Receiver.Received.Select(request => request.Json.GetProperty("dedup_key").GetString()).Distinct());
        Assert.Equal(0, await delivery.Database.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE status <> told_status"));
    }

    [Fact]
    public async Task Run_AlertClosedBeforeItIsSent_IsNotSent()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        await AddAsync(delivery, "critical", "closed", "open");
        await delivery.SetStatusAsync("closed", "false_positive");

        await delivery.RunAsync(delivery.Dispatcher(delivery.Route("pagerduty")), () => delivery.UntilAsync("delivered", 1));

        Assert.Equal(["trigger open"], delivery.Told("pagerduty"));
    }

    [Fact]
    public async Task Run_AlertsOfAnEntityWithinTheWindow_AreToldTogether()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        AlertRoute route = delivery.Route("pagerduty", groupWindow: TimeSpan.FromSeconds(2));
        await StoredAlerts.AddAsync(delivery.Database.ConnectionString, ["A1", "A2", "A3", "B1"], "critical", uid => uid[..1]);
        await StoredAlerts.AddAsync(delivery.Database.ConnectionString, ["A4"], "low", uid => uid[..1]);
        await delivery.Database.ExecuteAsync("UPDATE alert_outbox SET route = 'pagerduty'");

        await delivery.RunAsync(delivery.Dispatcher(route), async () =>
        {
            await delivery.UntilAsync("delivered", 3);
            await delivery.SetStatusAsync("A2", "investigating");
            await delivery.UntilAsync("delivered", 4);
            foreach (string uid in new[] { "A1", "A2", "A3" }) await delivery.SetStatusAsync(uid, "resolved");
            await delivery.UntilAsync(async () => await delivery.Database.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE status <> told_status") == 0);
            Assert.Equal(4, delivery.Told("pagerduty").Length);
            await delivery.SetStatusAsync("A4", "false_positive");
            await delivery.UntilAsync("delivered", 5);
            await AddAsync(delivery, "critical", "A5");
            await delivery.UntilAsync("delivered", 6);
        });

        Assert.Equal(["trigger A1", "trigger B1"], delivery.Told("pagerduty")[..2].Order(StringComparer.Ordinal));
        Assert.Equal(["trigger A2+A3+A4", "acknowledge A1+A2+A3+A4", "resolve A1+A2+A3+A4", "trigger A5"], delivery.Told("pagerduty")[2..]);
        JsonElement together = delivery.Receiver.Received[2].Json;
        Assert.Equal((3, "critical", "ecart:transactions:A1"), (together.GetProperty("count").GetInt32(), together.GetProperty("severity").GetString(), together.GetProperty("dedup_key").GetString()));
        Assert.True(Stopwatch.GetElapsedTime(delivery.Receiver.Received[0].Timestamp, delivery.Receiver.Received[2].Timestamp) > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Run_RateLimitOfSeveralDispatchers_IsKeptAndSaysHowManyItHoldsBack()
    {
        const int limit = 10;
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        AlertRoute route = delivery.Route("pagerduty") with { LimitMessages = limit, LimitPeriod = TimeSpan.FromSeconds(2), Concurrency = 4 };
        await AddAsync(delivery, "critical", [.. Enumerable.Range(0, 30).Select(i => $"E{i}")]);

        await delivery.RunAsync(delivery.Dispatcher(route), () => delivery.RunAsync(delivery.Dispatcher(route), () => delivery.UntilAsync("delivered", 32)));

        string[] told = delivery.Told("pagerduty");
        Assert.Equal(30, told.Where(line => line.StartsWith("trigger E", StringComparison.Ordinal)).Distinct().Count());
        ReceivedRequest[] held = [.. delivery.Receiver.Received.Where(request => request.Json.GetProperty("subject").GetString() == "held_back")];
        Assert.Equal(["trigger 20", "resolve 0"], held.Select(request => $"{request.Json.GetProperty("action").GetString()} {request.Json.GetProperty("count").GetInt32()}"));
        Assert.Contains("holds back 20 messages", held[0].Json.GetProperty("summary").GetString(), StringComparison.Ordinal);
        long[] times = [.. delivery.Receiver.Received.Select(request => request.Timestamp).Order()];
        for (int i = limit + (2 * 4); i < times.Length; i++)
            Assert.True(Stopwatch.GetElapsedTime(times[i - limit - (2 * 4)], times[i]) >= TimeSpan.FromSeconds(2), $"more than {limit} at {i}");
    }

    [Fact]
    public async Task Run_TooManyRequests_LeavesTheTargetAloneForAsLongAsItAsks()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        AlertRoute route = delivery.Route("pagerduty") with { Concurrency = 1, MaximumAttempts = 1 };
        await AddAsync(delivery, "critical", "E1", "E2", "E3");
        int calls = 0;
        delivery.Receiver.Reply = _ => Interlocked.Increment(ref calls) == 1
            ? new ReceiverReply(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = "2" } }
            : new ReceiverReply();

        await delivery.RunAsync(delivery.Dispatcher(route), () => delivery.UntilAsync("delivered", 3));

        Assert.Equal(4, delivery.Receiver.Count);
        Assert.True(Stopwatch.GetElapsedTime(delivery.Receiver.Received[0].Timestamp, delivery.Receiver.Received[1].Timestamp) >= TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task Run_RefusedOrTriedTooOften_FailsAndARetrySendsItAgain()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        await AddAsync(delivery, "critical", "refused", "tired", "closed");
        delivery.Receiver.Reply = request => new ReceiverReply(request.Text.Contains("tired", StringComparison.Ordinal) ? 500 : 400, "not today");
        var log = new DeliveryLog(delivery.Database.ConnectionString);

        await delivery.RunAsync(delivery.Dispatcher(delivery.Route("pagerduty") with { MaximumAttempts = 3 }), async () =>
        {
            await delivery.UntilAsync("failed", 3);
            Assert.Equal(5, delivery.Receiver.Count);
            IReadOnlyList<DeliveryRow> rows = await log.ReadAsync(new DeliveryFilter { State = "failed", Route = "pagerduty" }, delivery.GiveUp);
            Assert.Equal([1, 3, 1], rows.OrderBy(row => row.Id).Select(row => row.Attempts));
            Assert.Equal("500 Internal Server Error: not today", rows.Single(row => row.Attempts == 3).LastError);
            delivery.Receiver.Reply = _ => new ReceiverReply();
            await delivery.SetStatusAsync("closed", "resolved");
            await delivery.SetStatusAsync("refused", "investigating");
            await delivery.UntilAsync("delivered", 2);

            // The failed trigger and the acknowledgement after it; the other failed one; not the one that is closed.
            Assert.Equal(3, await log.RetryAsync(new DeliveryFilter { State = "failed" }, delivery.GiveUp));
            await delivery.UntilAsync("delivered", 4);
        });

        Assert.Equal(["trigger refused", "acknowledge refused"], delivery.Told("pagerduty").Where(line => line.EndsWith("refused", StringComparison.Ordinal)).TakeLast(2));
        Assert.Contains("trigger tired", delivery.Told("pagerduty"));
        Assert.DoesNotContain("trigger closed", delivery.Told("pagerduty"));
        Assert.Equal(1, await delivery.Database.CountAsync("SELECT COUNT(*) FROM alert_deliveries WHERE state = 'failed'"));
    }

    [Fact]
    public async Task Take_ByTwoProcessesAndOneThatDied_GivesEachMessageOnceUntilItsLeaseEnds()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        await AddAsync(delivery, "critical", [.. Enumerable.Range(0, 10).Select(i => $"E{i}")]);
        var terms = new ClaimTerms("pagerduty", TimeSpan.FromSeconds(5), 0, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        await using MySqlConnection one = await delivery.OpenAsync();
        await using MySqlConnection two = await delivery.OpenAsync();
        await new AlertRouter("transactions", [new RouteRule { Name = "pagerduty" }], TimeSpan.FromDays(1)).RouteAsync(one, 100, delivery.GiveUp);
        var queue = new PendingDeliveries(terms);

        DeliveryTurn[] turns = await Task.WhenAll(queue.TakeAsync(one, [], 6, delivery.GiveUp), queue.TakeAsync(two, [], 6, delivery.GiveUp));
        Assert.Equal(10, turns.SelectMany(turn => turn.Claimed).Select(claimed => claimed.Id).Distinct().Count());
        Assert.Empty((await queue.TakeAsync(one, [], 10, delivery.GiveUp)).Claimed);

        // Nobody finishes them: they are taken again, as a second attempt, and what the first takers say of them later is of no effect.
        var again = new List<ClaimedDelivery>();
        await delivery.UntilAsync(async () =>
        {
            again.AddRange((await queue.TakeAsync(one, [], 10, delivery.GiveUp)).Claimed);
            return again.Count >= 10;
        });
        Assert.Equal(10, again.Where(claimed => claimed.Attempt == 2).Select(claimed => claimed.Id).Distinct().Count());
        DeliveryTurn late = await queue.TakeAsync(two, [new FinishedDelivery(turns[0].Claimed[0], "failed", TimeSpan.Zero, "late", true)], 0, delivery.GiveUp);
        Assert.Equal(1, late.Lost);
        Assert.Equal(10, await delivery.Database.CountAsync("SELECT COUNT(*) FROM alert_deliveries WHERE state = 'pending'"));
    }

    [Fact]
    public async Task Run_OldAlertsAndMessages_Expire()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        await AddAsync(delivery, "critical", "old", "new");
        await delivery.Database.ExecuteAsync("UPDATE alert_outbox SET created_at = UTC_TIMESTAMP(6) - INTERVAL 2 DAY WHERE event_uid = 'old'");

        await delivery.RunAsync(delivery.Dispatcher(delivery.Route("pagerduty")), () => delivery.UntilAsync("delivered", 1));
        await delivery.Database.ExecuteAsync("UPDATE alert_deliveries SET state = 'pending', created_at = UTC_TIMESTAMP(6) - INTERVAL 2 DAY");
        await using MySqlConnection connection = await delivery.OpenAsync();
        var terms = new ClaimTerms("pagerduty", TimeSpan.FromSeconds(1), 0, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        Assert.Equal(1, await new PendingDeliveries(terms).ExpireAsync(connection, delivery.GiveUp));

        Assert.Equal(["trigger new"], delivery.Told("pagerduty"));
        Assert.Equal(1, await delivery.Database.CountAsync("SELECT COUNT(*) FROM alert_outbox WHERE state = 'expired'"));
        Assert.Contains(delivery.Reports, text => text.Contains("1 alerts had waited", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_TargetIsDownThenUp_BreakerSparesItAndAllArrive()
    {
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        await AddAsync(delivery, "critical", [.. Enumerable.Range(0, 40).Select(i => $"E{i}")]);
        bool isDown = true;
        delivery.Receiver.Reply = _ => Volatile.Read(ref isDown) ? new ReceiverReply { ClosesConnection = true } : new ReceiverReply();

        await delivery.RunAsync(delivery.Dispatcher(delivery.Route("pagerduty") with { Concurrency = 4 }), async () =>
        {
            await delivery.UntilAsync(() => Task.FromResult(delivery.Receiver.Count >= 15));
            Volatile.Write(ref isDown, false);
            await delivery.UntilAsync("delivered", 40);
        });

        // After the tenth failure and those under way, one tries the target each half second.
        ReceivedRequest[] failed = [.. delivery.Receiver.Received.Where(request => request.Status == 0)];
        Assert.True(Stopwatch.GetElapsedTime(failed[13].Timestamp, failed[14].Timestamp) >= TimeSpan.FromSeconds(0.4));
    }

    private static Task AddAsync(DeliveryCase delivery, string severity, params string[] uids) =>
        StoredAlerts.AddAsync(delivery.Database.ConnectionString, uids, severity, uid => uid);
}
