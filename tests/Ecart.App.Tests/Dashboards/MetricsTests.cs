using System.Text.RegularExpressions;
using Confluent.Kafka;
using Ecart.App.Tests.Serve;
using Ecart.Embedded.Kafka;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Dashboards;

/// <summary>Every expression of the dashboards and of the alert rules, by a real Prometheus that asks a real service with a topic and a route.</summary>
public sealed partial class MetricsTests(MariaDbFixture server)
{
    private const string Topic = "transactions";

    [Fact]
    public async Task Expressions_OnARunningService_GiveData()
    {
        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        broker.CreateTopic(Topic, 1);
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        using ServingDomain serving = await ServingDomain.StartAsync(
            server,
            Topic,
            $"""
             kafka:
               - bootstrap_servers: {broker.BootstrapServers}
                 topic: {Topic}
             alerts:
               routes:
                 - name: hook
                   target: webhook
                   url: {receiver.Address}
                   secret: $SECRET
                   minimum_severity: low
             """.Replace("$SECRET", "file:" + SecretFile(), StringComparison.Ordinal));
        using var prometheus = new PrometheusServer(serving.Address);
        await prometheus.WaitForAsync("ecart_lanes_owned == 64");
        await using (await serving.BlockStoreAsync())
        {
            Produce(broker);
            await prometheus.WaitForAsync("ecart_source_lag{source=\"kafka:transactions\", partition=\"0\"} == 21");
        }

        await serving.WaitForRowsAsync("financial_transactions", 21);

        await serving.PostAsync("/v1/events", Posted.List(Posted.Event("H1", amount: 60_000), Posted.Event("H2", minute: 1), "{}"));
        await serving.PostAsync("/v1/events", Posted.Event("H2", minute: 1));
        await serving.PostAsync("/v1/labels", Posted.Label("H1", true));
        // A rate needs two looks.
        await prometheus.WaitForAsync("count_over_time(ecart_delivery_duration_seconds_count[1m]) > 2 and on () ecart_labels_total > 0 and on () ecart_source_lag == 0");

        var grafana = new GrafanaQuery(
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(5), new Dictionary<string, string[]> { ["domain"] = [Topic], ["instance"] = [serving.Address.Authority] });
        var missing = new List<string>();
        foreach (DashboardQuery query in Dashboard.All.SelectMany(dashboard => dashboard.Expressions))
        {
            string expression = grafana.PromQl(query.Query);
            bool mayBeEmpty = expression.EndsWith("> 0", StringComparison.Ordinal);
            if ((await prometheus.AskAsync(expression)).Count == 0 && !mayBeEmpty) missing.Add($"{query.Place} has no data:\n{expression}");
        }

        foreach (DashboardQuery query in Dashboard.All.SelectMany(dashboard => dashboard.LabelQueries))
            Assert.NotEmpty(await prometheus.AskAsync($"count by ({Label().Match(query.Query).Groups[2].Value}) ({grafana.PromQl(Label().Match(query.Query).Groups[1].Value)})"));
        foreach (AlertRule rule in AlertRule.All)
        {
            await prometheus.AskAsync(rule.Expression);
            foreach (string metric in rule.Metrics.Where(metric => !metric.StartsWith("node_", StringComparison.Ordinal)))
                if ((await prometheus.AskAsync($"count({metric})")).Count == 0) missing.Add($"{rule.Name} asks {metric}, which the service does not tell");
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    private static void Produce(EmbeddedKafka broker)
    {
        using IProducer<Null, string> producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();
        for (int i = 0; i < 20; i++) producer.Produce(Topic, new Message<Null, string> { Value = Posted.Event($"K{i}", minute: i) });
        producer.Produce(Topic, new Message<Null, string> { Value = Posted.Event("K20", minute: 21, amount: 70_000) });
        producer.Flush(TestContext.Current.CancellationToken);
    }

    private static string SecretFile()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("ecart-secret-").FullName, "secret");
        File.WriteAllText(file, "a secret of sixteen letters");
        return file;
    }

    [GeneratedRegex(@"^label_values\((.+), (\w+)\)$")]
    private static partial Regex Label();
}
