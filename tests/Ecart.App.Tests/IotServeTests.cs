using System.Globalization;
using System.Net;
using Confluent.Kafka;
using Ecart.App.Tests.Serve;
using Ecart.Embedded.Kafka;
using Ecart.Numerics;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Measurements on each way into a running service and through it to <c>iot_measurements</c>.</summary>
public sealed class IotServeTests(MariaDbFixture server)
{
    private const int Hours = 400;

    /// <summary>Of a motor's temperature, one an hour, the last of which is far out.</summary>
    private static readonly string[] Readings = [.. MakeReadings()];

    private static readonly string NoReading = Reading("none", 0, 60).Replace("\"value\"", "\"worth\"", StringComparison.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_PostedMeasurements_AreAnsweredAndStoredOnce()
    {
        using ServingDomain serving = await ServingDomain.StartAsync(server, "iot");

        HttpAnswer answer = await serving.PostAsync("/v1/events", Posted.List([.. Readings, NoReading]));
        HttpAnswer again = await serving.PostAsync("/v1/events", Readings[^1]);
        HttpAnswer label = await serving.PostAsync("/v1/labels", """{"event_uid":"far","is_fraud":true}""");
        await serving.StopAsync();

        Assert.True(answer.Status == HttpStatusCode.OK, answer.Json.GetRawText());
        Assert.All(answer.Results[..^1], result => Assert.Equal(200, result.GetProperty("status").GetInt32()));
        Assert.Equal(422, answer.Results[^1].GetProperty("status").GetInt32());
        Assert.Contains("\"duplicate\"", again.Json.GetRawText(), StringComparison.Ordinal);
        Assert.True(label.Status == HttpStatusCode.OK, label.Json.GetRawText());
        await AssertStoredAsync(serving, "pump");
        Assert.Equal("far", await serving.AskAsync("SELECT GROUP_CONCAT(measurement_id) FROM iot_measurements WHERE is_confirmed_anomaly"));
    }

    [Fact]
    public async Task Serve_MeasurementsOfMqttTopics_AreStoredOnceForTheDeviceOfTheTopic()
    {
        const string Topic = "plant/pump7/readings";
        using var broker = new Mosquitto();

        // A retained message comes with the subscription: from then on the broker keeps what is not acknowledged.
        await broker.PublishAsync(true, (Topic, Readings[0]));
        using ServingDomain serving = await ServingDomain.StartAsync(
            server,
            "iot",
            $$"""
              mqtt:
                - host: 127.0.0.1
                  port: {{broker.Port}}
                  topics: [ "plant/+/readings" ]
                  account_level: 2
                  group: ""
              """);
        await serving.WaitForRowsAsync("iot_measurements", 1);
        await broker.PublishAsync(false, [.. Readings.Skip(1).Prepend(NoReading).Prepend(Readings[0]).Select(reading => (Topic, reading))]);
        await serving.WaitForRowsAsync("iot_measurements", Readings.Length);
        await serving.StopAsync();

        await AssertStoredAsync(serving, "pump7");
        Assert.Equal($"mqtt:{Topic} value", await serving.AskAsync("SELECT GROUP_CONCAT(source, ' ', field) FROM rejected_events"));
    }

    [Fact]
    public async Task Serve_MeasurementsOfAKafkaTopic_AreStoredOnce()
    {
        const string Topic = "measurements";
        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        broker.CreateTopic(Topic, 1);
        using (IProducer<Null, string> producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build())
        {
            foreach (string reading in Readings.Prepend(Readings[0])) producer.Produce(Topic, new Message<Null, string> { Value = reading });
            producer.Flush(Cancellation);
        }

        using ServingDomain serving = await ServingDomain.StartAsync(
            server,
            "iot",
            $"""
             kafka:
               - bootstrap_servers: {broker.BootstrapServers}
                 topic: {Topic}
             """);
        await serving.WaitForRowsAsync("iot_measurements", Readings.Length);
        await serving.StopAsync();

        await AssertStoredAsync(serving, "pump");
    }

    /// <summary>All readings are stored, once each, and the last alone is flagged, of this device.</summary>
    private static async Task AssertStoredAsync(ServingDomain serving, string device)
    {
        Assert.Equal(
            $"{Hours + 1} {Hours + 1} {device} motor temperature °C",
            await serving.AskAsync(
                "SELECT CONCAT_WS(' ', COUNT(*), COUNT(DISTINCT measurement_id), MIN(device_id), MAX(signal_name), MAX(measurement_type), MAX(unit)) FROM iot_measurements"));
        Assert.Equal(
            "far 90 °C",
            await serving.AskAsync("SELECT GROUP_CONCAT(measurement_id, ' ', value, ' ', unit) FROM iot_measurements WHERE is_anomaly AND anomaly_type IS NOT NULL"));
        Assert.Equal($"far {device}", await serving.AskAsync("SELECT GROUP_CONCAT(event_uid, ' ', entity_id) FROM anomaly_alerts WHERE domain = 'iot'"));
    }

    private static IEnumerable<string> MakeReadings()
    {
        var random = new SeededRandom(1);
        for (int hour = 0; hour < Hours; hour++) yield return Reading($"a{hour}", hour, 60 + random.NextNormal());
        yield return Reading("far", Hours, 90);
    }

    private static string Reading(string uid, int hour, double value) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"uid":"{{uid}}","device":"pump","signal":"motor","measurement_type":"temperature","value":{{value:R}},"unit":"°C","ts":"{{new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).AddHours(hour):yyyy-MM-ddTHH:mm:ssZ}}"}""");
}
