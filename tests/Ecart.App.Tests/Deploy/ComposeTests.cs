using Ecart.App.Serve;
using Ecart.App.Tests.Dashboards;
using Ecart.TestKit;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Ecart.App.Tests.Deploy;

/// <summary>deploy/compose.yaml: what can be known of it without a container.</summary>
public sealed class ComposeTests
{
    private static readonly YamlMappingNode Compose = DeployFile.ReadYaml("compose.yaml");

    private static Dictionary<string, YamlMappingNode> Services { get; } =
        ((YamlMappingNode)Compose["services"]).Children.ToDictionary(pair => pair.Key.AsText()!, pair => (YamlMappingNode)pair.Value);

    [Fact]
    public void Services_Are_WhatAWholeInstallationNeeds() => Assert.Equal(
        ["ecart", "grafana", "grafana-rights", "kafka", "kafka-topics", "mariadb", "node-exporter", "prometheus"], Services.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Services_Each_HaveAFixedImageAndPortsOfThisMachineAlone()
    {
        foreach ((string name, YamlMappingNode service) in Services)
        {
            Assert.Matches(@"^[a-z/-]+:(v?\d+\.\d+(\.\d+)?|local)$", service["image"].AsText());
            Assert.True(Items(service, "ports").All(port => port.AsText()!.StartsWith("127.0.0.1:", StringComparison.Ordinal)), name);
        }
    }

    [Fact]
    public void Services_WhatTheyWaitFor_ExistsAndTellsItsHealth()
    {
        foreach ((YamlNode other, YamlNode how) in Services.Values.Where(service => service.Children.ContainsKey("depends_on"))
            .SelectMany(service => ((YamlMappingNode)service["depends_on"]).Children))
        {
            YamlMappingNode awaited = Services[other.AsText()!];
            // The image of the service itself has its check.
            if (how["condition"].AsText() == "service_healthy") Assert.True(awaited.Children.ContainsKey("healthcheck") || awaited.Children.ContainsKey("build"), other.AsText());
        }
    }

    [Fact]
    public void Services_FilesAndVolumesThatTheyMount_Exist()
    {
        string[] volumes = [.. ((YamlMappingNode)Compose["volumes"]).Children.Keys.Select(name => name.AsText()!)];
        foreach (string mount in Services.Values.SelectMany(service => Items(service, "volumes")).Select(node => node.AsText()!))
        {
            string source = mount.Split(':')[0];
            if (source.StartsWith('.')) Assert.True(Path.Exists(Path.Combine(DeployFile.Folder, source)), mount);
            else if (!source.StartsWith('/')) Assert.Contains(source, volumes);
        }

        YamlNode build = Services["ecart"]["build"];
        Assert.Equal(RepositoryRoot.Path, Path.GetFullPath(Path.Combine(DeployFile.Folder, build["context"].AsText()!)));
        Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, build["dockerfile"].AsText()!)));
    }

    [Fact]
    public void Ecart_ItsVariables_AreSettingsThatExist()
    {
        IEnumerable<KeyValuePair<string, string?>> variables = Variables("ecart");

        ServeOptions options = ServeConfiguration.Read(null, variables);

        Assert.Equal("transactions.rejected", Assert.Single(options.Kafka).DeadLetterTopic);
        Assert.Contains("Server=mariadb;", variables.Single(variable => variable.Key == "ECART_MARIADB").Value, StringComparison.Ordinal);
        foreach (string topic in new[] { options.Kafka[0].Topic, options.Kafka[0].LabelsTopic, options.Kafka[0].DeadLetterTopic }!)
            Assert.Contains(topic, Items(Services["kafka-topics"], "command").Single().AsText(), StringComparison.Ordinal);
    }

    /// <summary>What the provisioned sources of Grafana ask for is given to it, and Prometheus asks the services by their names here.</summary>
    [Fact]
    public void Grafana_ItsSources_GetEveryVariable()
    {
        string sources = DeployFile.ReadText("grafana/provisioning/datasources/ecart.yaml");
        string[] given = [.. Variables("grafana").Select(variable => variable.Key)];
        string scraped = string.Join('\n', DeployFile.ReadText("prometheus/prometheus.yml").Split('\n').Where(line => !line.StartsWith('#')));

        foreach (System.Text.RegularExpressions.Match variable in System.Text.RegularExpressions.Regex.Matches(sources, @"\$(\w+)")) Assert.Contains(variable.Groups[1].Value, given);
        foreach (System.Text.RegularExpressions.Match target in System.Text.RegularExpressions.Regex.Matches(scraped, @"targets: \[([a-z-]+):\d+\]"))
            Assert.Contains(target.Groups[1].Value, Services.Keys.Append("localhost"));
    }

    /// <summary>By compose itself, as Docker's plugin or as a program of its own (Debian's package docker-compose).</summary>
    [Fact]
    public async Task Compose_ByComposeItself_IsRight()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string? docker = DeployFile.FindProgram("docker");
        bool isPlugin = docker is not null && (await DeployFile.RunAsync(docker, DeployFile.Folder, cancellation, "compose", "version")).Code == 0;
        string? program = isPlugin ? docker : DeployFile.FindProgram("docker-compose");
        Require.Data(program is not null, "docker compose", "install Debian's package docker-compose, or Docker's plugin.");

        (int code, string said) = await DeployFile.RunAsync(
            program!, DeployFile.Folder, cancellation, [.. isPlugin ? ["compose"] : Array.Empty<string>(), "-f", "compose.yaml", "config", "--quiet"]);

        Assert.True(code == 0, said);
    }

    private static IEnumerable<YamlNode> Items(YamlMappingNode service, string name) =>
        service.Children.TryGetValue(name, out YamlNode? list) ? list.AsSequence() : [];

    private static IEnumerable<KeyValuePair<string, string?>> Variables(string service) =>
        ((YamlMappingNode)Services[service]["environment"]).Children.Select(pair => new KeyValuePair<string, string?>(pair.Key.AsText()!, pair.Value.AsText()));
}
