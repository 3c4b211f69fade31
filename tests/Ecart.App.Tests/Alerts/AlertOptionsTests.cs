using Ecart.App.Commands;
using Ecart.App.Serve;
using Ecart.MariaDb.Delivery;
using Ecart.Streaming.Delivery;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Alerts;

public sealed class AlertOptionsTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("alerts");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Make_SeveritiesAndDomains_DecideWhatARouteTakes()
    {
        IReadOnlyList<AlertRoute> routes = Read(
            """
            - {name: pagerduty, target: pagerduty, routing_key: "${PATH}"}
            - {name: high, target: webhook, url: "http://127.0.0.1:1/", secret: "${PATH}", minimum_severity: high, domains: [network]}
            - {name: some, target: kafka, bootstrap_servers: b, topic: t, severities: [low, critical]}
            """).Make("network").Routes;
        var alerts = new[] { "low", "medium", "high", "critical" }.Select(severity => new OutboxAlert(1, severity == "critical" ? "pagerduty" : "dashboard", "network", "E", "ip", "1", severity)).ToList();

        string[] taken = [.. routes.Select(route => string.Join(' ', alerts.Where(alert => route.Rule.Takes!(alert)).Select(alert => alert.Severity)))];

        Assert.Equal(["critical", "high critical", "low critical"], taken);
        Assert.False(routes[1].Rule.Takes!(alerts[3] with { Domain = "iot" }));
    }

    [Fact]
    public void Document_Example_IsReadAsItStands()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/how-to/alerts.md"));
        string file = Path.Combine(folder.Path, "ecart.yaml");
        File.WriteAllText(file, text.Split("```yaml\n")[1].Split("```")[0]);

        AlertOptions options = ServeConfiguration.Read(file, []).Alerts;

        Assert.Equal(["pagerduty", "slack", "case-system", "topic"], options.Routes.Select(route => route.Name));
        Assert.Equal((30, 300.0, "medium"), (options.Routes[0].LimitMessages, options.Routes[1].GroupSeconds, options.Routes[2].MinimumSeverity));
    }

    [Theory]
    [InlineData("{target: slack}", "alerts.routes[0].name")]
    [InlineData("{name: Upper, target: slack}", "alerts.routes[0].name")]
    [InlineData("{name: a}", "alerts.routes[0].target")]
    [InlineData("{name: a, target: pagerduty}", "routing_key is missing")]
    [InlineData("{name: a, target: slack}", "url is missing")]
    [InlineData("{name: a, target: webhook, url: x}", "secret is missing")]
    [InlineData("{name: a, target: kafka, topic: t}", "bootstrap_servers is missing")]
    [InlineData("{name: a, target: kafka, topic: t, bootstrap_servers: b, group_seconds: 1}", "group_seconds")]
    [InlineData("{name: a, target: kafka, topic: t, bootstrap_servers: b, minimum_severity: bad}", "minimum_severity is 'bad'")]
    [InlineData("{name: a, target: kafka, topic: t, bootstrap_servers: b, severities: [low], minimum_severity: low}", "exclude each other")]
    [InlineData("{name: a, target: kafka, topic: t, bootstrap_servers: b, timeout_seconds: 0}", "timeout_seconds is 0")]
    public void Read_SomethingWrong_IsNamed(string route, string expected) =>
        Assert.Contains(expected, Assert.Throws<CommandException>(() => Read("- " + route)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("supersecretkey", "alerts.routes[0].routing_key is a secret: write ${NAME}")]
    [InlineData("${ECART_NO_SUCH_VARIABLE}", "ECART_NO_SUCH_VARIABLE, which is not set")]
    [InlineData("file:/no/such/file", "/no/such/file, which does not exist")]
    public void Make_SecretThatIsNotReferredTo_IsRefusedWithoutRepeatingIt(string value, string expected)
    {
        string message = Assert.Throws<CommandException>(() => Read($"- {{name: a, target: pagerduty, routing_key: \"{value}\"}}").Make("transactions")).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("supersecretkey", message, StringComparison.Ordinal);
    }

    private AlertOptions Read(string routes)
    {
        string file = Path.Combine(folder.Path, "ecart.yaml");
        File.WriteAllText(file, "alerts:\n  routes:\n" + string.Join('\n', routes.Split('\n').Select(line => "    " + line)));
        return ServeConfiguration.Read(file, []).Alerts;
    }
}
