using System.Diagnostics;
using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.MariaDb.Schema;
using Ecart.Numerics;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Alerts;

/// <summary>The service killed by SIGKILL while it delivers alerts to a receiver that fails often: each arrives, under one key, and the rate limit is kept.</summary>
public sealed class AlertCampaignTests(MariaDbFixture server)
{
    private const int Concurrency = 16;
    private const double FailedShare = 0.3;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    [Fact]
    public Task Deliver_500AlertsTwoKills_EachArrivesUnderOneKey() => RunAsync(alerts: 500, kills: 2, limit: 150, period: TimeSpan.FromSeconds(2), seed: 1);

    [Fact]
    public Task Deliver_10000AlertsTenKills_EachArrivesUnderOneKey()
    {
        Require.LongRun();
        return RunAsync(alerts: 10_000, kills: 10, limit: 2_000, period: TimeSpan.FromSeconds(10), seed: 2);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task RunAsync(int alerts, int kills, int limit, TimeSpan period, ulong seed)
    {
        using TestFolder folder = TestFolder.Create("alerts");
        string database = await server.CreateDatabaseAsync("alerts", Cancellation);
        await new SchemaMigrator().MigrateAsync(database, false, null, Cancellation);
        string[] uids = [.. Enumerable.Range(0, alerts).Select(i => $"E{i}")];
        await StoredAlerts.AddAsync(database, uids, entity: uid => "A" + uid);
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        var faults = new Faults(seed);
        receiver.Reply = faults.Answer;
        string settings = Write(folder.Path, receiver.Address, limit, period);
        var random = new SeededRandom(seed);

        long began = Stopwatch.GetTimestamp();
        for (int kill = 0; kill < kills; kill++)
        {
            using EcartProcess process = EcartProcess.StartOn(database, folder.Path, "serve", "--config", settings);
            int until = receiver.Count + 1 + random.Next(alerts / kills);
            await UntilAsync(process, () => Task.FromResult(receiver.Count >= until));
            process.Kill();
            await process.WaitAsync(Cancellation);
        }

        using EcartProcess last = EcartProcess.StartOn(database, folder.Path, "serve", "--config", settings);
        await UntilAsync(last, async () => await CountAsync(database, "SELECT (SELECT COUNT(*) FROM alert_outbox WHERE state = 'pending') + (SELECT COUNT(*) FROM alert_deliveries WHERE state = 'pending')") == 0);
        TimeSpan drained = Stopwatch.GetElapsedTime(began);
        // The end of the held-back thread follows the last message that was held back.
        await UntilAsync(last, async () => await CountAsync(database, "SELECT COUNT(*) FROM alert_routes WHERE held_thread_id IS NOT NULL") == 0);
        await UntilAsync(last, async () => await CountAsync(database, "SELECT COUNT(*) FROM alert_deliveries WHERE state = 'pending'") == 0);
        last.Terminate();
        ProgramResult end = await last.WaitAsync(Cancellation);
        Assert.True(end.Code is 0 or 130, end.Everything);

        IReadOnlyList<ReceivedRequest> received = receiver.Received;
        CheckAlerts(uids, received);
        CheckHeldBack(received);
        int most = MostWithin(period, received);
        Assert.InRange(most, 1, limit + Concurrency);
        Assert.Equal(alerts, await CountAsync(database, "SELECT COUNT(*) FROM alert_deliveries WHERE state = 'delivered' AND kind = 'alerts'"));
        Assert.Equal(0, await CountAsync(database, "SELECT COUNT(*) FROM alert_deliveries WHERE state <> 'delivered'"));
        int failed = received.Count(request => request.Status != 202);
        int repeated = received.Count(request => request.Status == 202 && !IsHeldBack(request.Json)) - alerts;
        Report($"{alerts:N0} alerts, {kills} kills: drained in {drained.TotalSeconds:F1} s, {received.Count:N0} calls, {(double)failed / received.Count:P0} failed, {repeated} repeated after they were taken; "
            + $"at most {most:N0} calls in {period.TotalSeconds:0} s, limit {limit:N0}.");
    }

    /// <summary>None lost: each was taken at least once, and every attempt of one named the same key, which no other has.</summary>
    private static void CheckAlerts(string[] uids, IReadOnlyList<ReceivedRequest> received)
    {
        var keys = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (ReceivedRequest request in received)
        {
            JsonElement json = request.Json;
            if (IsHeldBack(json)) continue;
            Assert.Equal("trigger", json.GetProperty("event_action").GetString());
            string uid = Assert.Single(json.GetProperty("payload").GetProperty("custom_details").GetProperty("alerts").EnumerateArray()).GetProperty("event_uid").GetString()!;
            if (!keys.TryGetValue(uid, out HashSet<string>? ofUid)) keys.Add(uid, ofUid = []);
            ofUid.Add(json.GetProperty("dedup_key").GetString()!);
            if (request.Status == 202) taken.Add(uid);
        }

        Assert.Equal(uids.Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
        Assert.All(keys.Values, ofUid => Assert.Single(ofUid));
        Assert.Equal(uids.Length, keys.Values.SelectMany(ofUid => ofUid).Distinct().Count());
    }

    /// <summary>The receiver is told how many are held back, and in the end that none is.</summary>
    private static void CheckHeldBack(IReadOnlyList<ReceivedRequest> received)
    {
        JsonElement[] told = [.. received.Where(request => request.Status == 202).Select(request => request.Json).Where(IsHeldBack)];
        Assert.Contains(told, message => message.GetProperty("event_action").GetString() == "trigger"
            && message.GetProperty("payload").GetProperty("custom_details").GetProperty("held_back").GetInt32() > 0);
        Assert.Contains(told, message => message.GetProperty("event_action").GetString() == "resolve");
    }

    private static bool IsHeldBack(JsonElement message) =>
        message.GetProperty("dedup_key").GetString()!.StartsWith("ecart:held-back:pagerduty:", StringComparison.Ordinal);

    /// <summary>
    /// The most calls in any stretch of the limit's length. The limit counts when messages are taken; what was under way when the stretch began arrives in it,
    /// and that is at most as much as may be in flight.
    /// </summary>
    private static int MostWithin(TimeSpan period, IReadOnlyList<ReceivedRequest> received)
    {
        long[] times = [.. received.Select(request => request.Timestamp).Order()];
        int most = 0;
        for (int first = 0, last = 0; last < times.Length; last++)
        {
            while (Stopwatch.GetElapsedTime(times[first], times[last]) >= period) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private static string Write(string folder, Uri receiver, int limit, TimeSpan period)
    {
        string key = Path.Combine(folder, "routing-key");
        File.WriteAllText(key, "R0123456789abcdef0123456789abcde\n");
        string file = Path.Combine(folder, "ecart.yaml");
        File.WriteAllText(
            file,
            $"""
            http:
              listen: http://127.0.0.1:0
            alerts:
              poll_seconds: 0.1
              routes:
                - name: pagerduty
                  target: pagerduty
                  url: {receiver}v2/enqueue
                  routing_key: file:{key}
                  limit_messages: {limit}
                  limit_seconds: {period.TotalSeconds:0}
                  concurrency: {Concurrency}
                  timeout_seconds: {Timeout.TotalSeconds:0}
                  backoff_seconds: 0.2
                  maximum_backoff_seconds: 2
                  breaker_seconds: 1
            """);
        return file;
    }

    private static async Task UntilAsync(EcartProcess process, Func<Task<bool>> isReached)
    {
        while (!await isReached())
        {
            if (process.HasExited) Assert.Fail((await process.WaitAsync(Cancellation)).Everything);
            await Task.Delay(20, Cancellation);
        }
    }

    private static async Task<long> CountAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), null);
    }

    private static void Report(string line)
    {
        TestContext.Current.TestOutputHelper!.WriteLine(line);
        Console.WriteLine(line);
    }

    /// <summary>Three of ten calls fail: errors, closed connections, answers that come too late, and a few 429.</summary>
    private sealed class Faults(ulong seed)
    {
        private readonly Lock gate = new();
        private readonly SeededRandom random = new(seed);

        public ReceiverReply Answer(ReceivedRequest request)
        {
            double draw;
            lock (gate) draw = random.NextDouble() / FailedShare;
            return draw switch
            {
                < 0.40 => new ReceiverReply(500, "no"),
                < 0.55 => new ReceiverReply(503, "") { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } },
                < 0.90 => new ReceiverReply { ClosesConnection = true },
                < 0.95 => new ReceiverReply { ClosesConnection = true, Delay = Timeout * 2 },
                < 1 => new ReceiverReply(429, "slow down") { Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } },
                _ => new ReceiverReply(202, """{"status":"success","message":"Event processed"}"""),
            };
        }
    }
}
