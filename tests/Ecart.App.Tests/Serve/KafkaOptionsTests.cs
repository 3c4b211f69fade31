using Ecart.App.Commands;
using Ecart.App.Serve;
using Ecart.Streaming.Sources.Kafka;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve;

public sealed class KafkaOptionsTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("kafka");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_AllSettings_AreTakenOver()
    {
        ServeOptions options = Read(
            """
            kafka:
              - bootstrap_servers: one:9092,two:9092
                topic: transactions
                labels_topic: chargebacks
                dead_letter_topic: transactions.dead
                group: fraud
                client:
                  security.protocol: SASL_SSL
                  sasl.password: ${PATH}
            """,
            ("ECART_KAFKA__0__GROUP", "fraud-2"));

        KafkaOptions kafka = Assert.Single(options.Kafka);
        KafkaSettings settings = kafka.MakeSettings("kafka[0]");
        Assert.Equal(["transactions", "chargebacks"], kafka.Topics);
        Assert.Equal(("one:9092,two:9092", "fraud-2", "transactions.dead"), (settings.BootstrapServers, settings.Group, kafka.DeadLetterTopic));
        Assert.Equal(("SASL_SSL", Environment.GetEnvironmentVariable("PATH")), (settings.Client["security.protocol"], settings.Client["sasl.password"]));
    }

    [Theory]
    [InlineData("topic: a", "bootstrap_servers is missing")]
    [InlineData("bootstrap_servers: b", "topic is missing")]
    [InlineData("{bootstrap_servers: b, topic: a, labels_topic: a}", "labels need a topic of their own")]
    [InlineData("{bootstrap_servers: b, topic: a, dead_letter_topic: a}", "would come back for ever")]
    [InlineData("{bootstrap_servers: b, topic: a, group: ''}", "group is empty")]
    [InlineData("{bootstrap_servers: b, topic: a, client: {group.id: x}}", "group.id cannot be set")]
    [InlineData("{bootstrap_servers: b, topic: a, client: {sasl.password: '${ECART_NO_SUCH_VARIABLE}'}}", "ECART_NO_SUCH_VARIABLE, which is not set")]
    public void MakeSettings_SomethingWrong_IsNamed(string yaml, string problem)
    {
        KafkaOptions kafka = Assert.Single(Read("kafka:\n  - " + yaml).Kafka);

        var error = Assert.Throws<CommandException>(() => kafka.MakeSettings("kafka[0]"));

        Assert.StartsWith("kafka[0]: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckDistinct_TopicOfTwoClusters_IsRefused()
    {
        ServeOptions options = Read("kafka: [{bootstrap_servers: a, topic: t}, {bootstrap_servers: b, labels_topic: t}]");

        var error = Assert.Throws<CommandException>(() => KafkaOptions.CheckDistinct(options.Kafka));

        Assert.Contains("topic t is named twice", error.Message, StringComparison.Ordinal);
    }

    private ServeOptions Read(string yaml, params (string Name, string Value)[] environment)
    {
        string file = Path.Combine(folder.Path, "ecart.yaml");
        File.WriteAllText(file, yaml);
        return ServeConfiguration.Read(file, environment.Select(variable => new KeyValuePair<string, string?>(variable.Name, variable.Value)));
    }
}
