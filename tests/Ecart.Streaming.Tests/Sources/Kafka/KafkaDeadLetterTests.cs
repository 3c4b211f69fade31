using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Ecart.Domains.Transactions;
using Ecart.Streaming.Live;
using Ecart.Streaming.Messages;
using Ecart.Streaming.Sources.Kafka;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.Kafka;

/// <summary>Messages that cannot be read.</summary>
public sealed class KafkaDeadLetterTests(MariaDbFixture server)
{
    private const string NoAccount = """{"event_uid":"T1","occurred_at":1522567800,"amount":5}""";
    private readonly List<TransactionEvent> events = CardStream.Events(33, accounts: 10, days: 3);

    [Fact]
    public async Task Run_UnreadableMessages_AreStoredAndHandedOnOnceEach()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 2);
        byte[] good = TransactionJson.Write(events[0]);
        byte[] conflicting = TransactionJson.Write(CardStream.Copy(events[0], more: 1));
        await kafka.SendAsync(kafka.Topic, 0, good);
        await kafka.SendAsync(kafka.Topic, 1, null, [], "{"u8.ToArray(), [0xFF, 0xFE], Encoding.UTF8.GetBytes(NoAccount));
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        List<ConsumeResult<string, byte[]>> letters = [];

        using LivePipeline pipeline = await kafka.RunAsync([kafka.EventSource(), DeadLetters(kafka)], async () =>
        {
            await kafka.SendAsync(producer, events.Skip(1));
            await producer.WaitUntilReadAsync(kafka.GiveUp);
            await kafka.SendAsync(kafka.Topic, 1, conflicting);
            letters = kafka.Read(kafka.DeadLetterTopic, 6);
        });

        Assert.Equal((events.Count, 6), (pipeline.Counters.Committed, pipeline.Counters.Rejected));
        Dictionary<string, JsonElement> byKey = letters.ToDictionary(letter => letter.Message.Key, letter => JsonElement.Parse(letter.Message.Value));
        string[] first = ["0/malformed", "1/malformed", "2/malformed", "3/invalid_utf8", "4/missing_field"];
        string[] others = [.. byKey.Keys.Except(first.Select(end => $"{kafka.Topic}/1/{end}"))];
        Assert.Equal(first.Length + 1, byKey.Count);
        Assert.EndsWith("/conflicting_duplicate", Assert.Single(others), StringComparison.Ordinal);
        JsonElement missing = byKey[$"{kafka.Topic}/1/4/missing_field"];
        Assert.Equal((kafka.Topic, 1, 4, "T1", "account", NoAccount), (Text(missing, "topic"), missing.GetProperty("partition").GetInt32(),
            missing.GetProperty("offset").GetInt32(), Text(missing, "event_uid"), Text(missing, "field"), Text(missing, "payload")));
        Assert.Contains($"kafka:{kafka.Topic} partition 1 offset 4: account is missing", Text(missing, "message"), StringComparison.Ordinal);
        Assert.Equal([0xFF, 0xFE], byKey[$"{kafka.Topic}/1/3/invalid_utf8"].GetProperty("payload_base64").GetBytesFromBase64());
        Assert.Contains("tombstone", Text(byKey[$"{kafka.Topic}/1/0/malformed"], "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BrokerIsAway_DeliversLater()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 1);
        await kafka.Database.ExecuteAsync($"""
            INSERT INTO rejected_events (source, partition_id, source_offset, domain, reason, message, payload)
            VALUES ('kafka:{kafka.Topic}', 0, 7, 'transactions', 'malformed', 'a test', 'x'), ('file.csv', 0, 8, 'transactions', 'malformed', 'not from here', 'y')
            """);
        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        kafka.Reported = _ => noticed.TrySetResult();
        kafka.Broker.Breakable.SetDown();

        using LivePipeline pipeline = await kafka.RunAsync([DeadLetters(kafka)], async () =>
        {
            await noticed.Task.WaitAsync(kafka.GiveUp);
            kafka.Broker.Breakable.SetUp();
            Assert.Equal($"{kafka.Topic}/0/7/malformed", Assert.Single(kafka.Read(kafka.DeadLetterTopic, 1)).Message.Key);
        });

        Assert.Equal(1, await kafka.Database.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE dead_lettered_at IS NULL"));
    }

    private static KafkaDeadLetters DeadLetters(KafkaCase kafka) =>
        new(kafka.Settings, [kafka.Topic], kafka.DeadLetterTopic, kafka.Database.ConnectionString, TimeProvider.System)
        {
            Interval = TimeSpan.FromMilliseconds(20),
        };

    private static string? Text(JsonElement letter, string name) => letter.GetProperty(name).GetString();
}
