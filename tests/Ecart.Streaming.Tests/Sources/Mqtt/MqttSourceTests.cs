using Ecart.MariaDb.Writing;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Numerics;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources.Mqtt;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.Streaming.Tests.Sources.FollowedFile;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.Mqtt;

public sealed class MqttSourceTests(MariaDbFixture server)
{
    private const int Messages = 400;

    [Fact]
    public async Task RunAsync_StoppedAtRandom_StoresEveryMessageOnce()
    {
        using var broker = new Mosquitto();
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        var random = new SeededRandom(5);
        var durable = new DurableCount();

        // A retained message comes with the subscription: from then on the broker keeps what is not acknowledged.
        await broker.PublishAsync(true, ("cards/A0/transactions", Message(0)));
        int sent = 1;
        while (durable.Count < Messages)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            using var pipeline = new LivePipeline(
                database.ConnectionString,
                new DomainStore(database.ConnectionString, static () => new TransactionTable()),
                _ => Task.FromResult<Scoring.IDomainEngine>(new TransactionEngine(database.Options)),
                database.Pipeline,
                database.Committer,
                TimeProvider.System);
            Task running = pipeline.RunAsync([new ToldSource(Source(broker), durable)], stop.Token);
            await durable.WaitForAsync(1);
            var batch = new List<(string Topic, string Text)>();
            for (int i = random.Next(20, 90); i > 0 && sent < Messages; i--, sent++)
            {
                batch.Add(($"cards/A{sent % 7}/transactions", Message(sent)));
                if (random.Chance(0.1)) batch.Add(batch[^1]);
            }

            await broker.PublishAsync(false, [.. batch]);
            await durable.WaitForAsync(sent == Messages ? Messages : random.Next(durable.Count, sent));
            await stop.CancelAsync();
            try
            {
                await running;
            }
            catch (OperationCanceledException)
            {
                // Stopped before it began.
            }
        }

        Assert.Equal(Messages, durable.Count);
        Assert.Equal(Messages, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        Assert.Equal(7, await database.CountAsync("SELECT COUNT(DISTINCT account_id) FROM financial_transactions WHERE account_id LIKE 'A%'"));
    }

    [Fact]
    public async Task RunAsync_SharedSubscription_ReadsAndRejectsWhatIsNoRecord()
    {
        using var broker = new Mosquitto();
        var intake = new CollectingIntake();
        await FollowAsync(
            broker,
            intake,
            1000,
            async () =>
            {
                // Shared subscriptions get no retained messages: send until one arrives.
                while (intake.IsEmpty) await broker.PublishAsync(false, ("cards/A1/transactions", "[1]"));
                RejectedRecord rejected = (await intake.TakeAsync(1))[0].Item.Rejected!;
                Assert.Equal((RejectReason.Malformed, "mqtt:cards/A1/transactions"), (rejected.Reason, rejected.Source));
            },
            group: "test");
    }

    [Fact]
    public async Task RunAsync_NothingDurable_BrokerSendsNoMoreThanAllowed()
    {
        using var broker = new Mosquitto();
        var intake = new CollectingIntake();
        await FollowAsync(broker, intake, 5, async () =>
        {
            await broker.PublishAsync(true, [.. Enumerable.Range(0, 20).Select(i => ($"cards/B{i}/transactions", Message(i)))]);
            List<IntakeItem> first = await intake.TakeAsync(5);
            Assert.True(intake.IsEmpty);
            foreach (IntakeItem item in first) item.Receipt!.Known();
            List<IntakeItem> more = await intake.TakeAsync(5);
            Assert.Empty(more.Select(item => item.Item.Event!.EventUid).Intersect(first.Select(item => item.Item.Event!.EventUid)));
        });
    }

    [Fact]
    public async Task RunAsync_BrokerKilledAndStarted_ConnectsAgain()
    {
        using var broker = new Mosquitto();
        var intake = new CollectingIntake();
        await FollowAsync(broker, intake, 100, async () =>
        {
            await broker.PublishAsync(true, ("cards/A1/transactions", Message(1)));
            Assert.Equal("A1", ((TransactionEvent)(await intake.TakeAsync(1))[0].Item.Event!).AccountId);
            broker.Kill();
            broker.Start();
            await broker.PublishAsync(true, ("cards/A2/transactions", Message(2)));
            Assert.Equal("A2", ((TransactionEvent)(await intake.TakeAsync(1))[0].Item.Event!).AccountId);
        });
    }

    private static string Message(int i) => $$"""{"occurred_at":"2026-03-01T10:00:00Z","amount":{{i}},"account":"ignored"}""";

    private static async Task FollowAsync(Mosquitto broker, CollectingIntake intake, int most, Func<Task> meanwhile, string? group = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task following = Source(broker, most, group).RunAsync(intake, stop.Token);
        try
        {
            await await Task.WhenAny(following, meanwhile());
        }
        finally
        {
            await stop.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static MqttSource Source(Mosquitto broker, int most = 1000, string? group = null)
    {
        var decoder = new TransactionDecoder();
        Assert.True(FieldMap.TryParse($"account=\"{MqttSource.TopicColumn}\"", decoder.Schema, out FieldMap? map, out string? error), error);
        var options = new MqttSourceOptions
        {
            Host = "127.0.0.1",
            Port = broker.Port,
            Topics = ["cards/+/transactions"],
            Group = group,
            ClientId = "ecart-test",
            TopicLevel = 2,
            MostUnacknowledged = most,
            ReconnectPause = TimeSpan.FromMilliseconds(20),
        };
        return new MqttSource(options, decoder, map, TimeProvider.System);
    }
}
