using System.Text.Json;
using System.Text.RegularExpressions;
using Ecart.App.Serve;
using Ecart.App.Tests.Dashboards;
using Ecart.TestKit;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Ecart.App.Tests.Deploy;

/// <summary>deploy/helm/ecart: what can be known of it without Helm, and Helm's own checks where it is there.</summary>
public sealed partial class HelmChartTests
{
    private const string Chart = "helm/ecart";

    private static IEnumerable<string> Templates =>
        Directory.GetFiles(Path.Combine(DeployFile.Folder, Chart, "templates")).Select(file => $"{Chart}/templates/{Path.GetFileName(file)}");

    [Fact]
    public void Templates_ValuesThatTheyAsk_HaveDefaults()
    {
        YamlMappingNode values = DeployFile.ReadYaml($"{Chart}/values.yaml");
        foreach (string template in Templates)
        {
            foreach (Match asked in Value().Matches(DeployFile.ReadText(template)))
            {
                YamlNode node = values;
                foreach (string part in asked.Groups[1].Value.Split('.', StringSplitOptions.RemoveEmptyEntries))
                    Assert.True(node is YamlMappingNode level && level.Children.TryGetValue(part, out node!), $"{template}: {asked.Value} has no default");
            }
        }
    }

    [Fact]
    public void Templates_Blocks_AreClosed()
    {
        foreach (string template in Templates)
        {
            string text = DeployFile.ReadText(template);
            Assert.True(Opening().Count(text) == Closing().Count(text), template);
            Assert.Equal(Regex.Count(text, @"\{\{"), Regex.Count(text, @"\}\}"));
        }
    }

    [Fact]
    public void Schema_Knows_EveryValueAndNoOther()
    {
        using JsonDocument schema = JsonDocument.Parse(DeployFile.ReadText($"{Chart}/values.schema.json"));

        Compare("", DeployFile.ReadYaml($"{Chart}/values.yaml"), schema.RootElement);
    }

    /// <summary>The settings of the values, written as the chart writes them, are settings of the service.</summary>
    [Fact]
    public void Settings_OfTheValues_AreRead()
    {
        YamlNode settings = DeployFile.ReadYaml($"{Chart}/values.yaml")["settings"];
        using TestFolder folder = TestFolder.Create("helm");
        string file = Path.Combine(folder.Path, "ecart.yaml");
        using (var writer = new StreamWriter(file)) new YamlStream(new YamlDocument(settings)).Save(writer, false);

        ServeOptions options = ServeConfiguration.Read(
            file,
            Variables().Matches(DeployFile.ReadText($"{Chart}/templates/deployment.yaml")).Where(variable => variable.Groups[2].Success)
                .Select(variable => new KeyValuePair<string, string?>(variable.Groups[1].Value, variable.Groups[2].Value)));

        Assert.True(options.Http.RequireKey);
        Assert.Equal("http://0.0.0.0:8080", options.Http.Listen);
        Assert.True(options.Http.AllowPlain);
        Assert.Equal(11111, options.Cluster.Port);
    }

    [Fact]
    public void Files_OfTheChart_AreThoseOfPrometheusAndGrafana()
    {
        Assert.Equal(DeployFile.ReadText("prometheus/alerts.yaml"), DeployFile.ReadText($"{Chart}/files/alerts.yaml"));
        Assert.Equal(Dashboard.All.Count, Directory.GetFiles(Path.Combine(DeployFile.Folder, Chart, "files/dashboards"), "*.json").Length);
        // A ConfigMap holds a mebibyte.
        Assert.InRange(Dashboard.All.Sum(dashboard => dashboard.Root.GetRawText().Length), 1, 700_000);
    }

    [Fact]
    public async Task Chart_ByHelmItself_IsRight()
    {
        string? helm = DeployFile.FindProgram("helm");
        Require.Data(helm is not null, "helm", "put it on PATH.");
        string chart = Path.Combine(DeployFile.Folder, Chart);

        (int code, string said) = await DeployFile.RunAsync(helm!, DeployFile.Folder, TestContext.Current.CancellationToken, "lint", "--strict", chart);
        Assert.True(code == 0, said);
        (code, said) = await DeployFile.RunAsync(
            helm!, DeployFile.Folder, TestContext.Current.CancellationToken, "template", "t", chart, "--set", "monitoring.serviceMonitor.enabled=true,monitoring.rules.enabled=true,monitoring.dashboards.enabled=true");
        Assert.True(code == 0, said);
    }

    private static void Compare(string path, YamlMappingNode values, JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out JsonElement properties)) return;
        if (schema.TryGetProperty("additionalProperties", out _))
            Assert.All(values.Children.Keys, key => Assert.True(properties.TryGetProperty(key.AsText()!, out _), $"{path}.{key} is not in the schema"));
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            // Helm itself puts 'global' there.
            if (property.Name == "global") continue;
            Assert.True(values.Children.TryGetValue(property.Name, out YamlNode? value), $"{path}.{property.Name} has no default");
            if (value is YamlMappingNode inner) Compare($"{path}.{property.Name}", inner, property.Value);
        }
    }

    [GeneratedRegex(@"\.Values((?:\.\w+)+)")]
    private static partial Regex Value();

    [GeneratedRegex(@"\{\{-? ?(if|with|range|define)\b")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\{\{-? ?end\b")]
    private static partial Regex Closing();

    [GeneratedRegex(@"- name: (ECART_\w+)\n +(?:value: ""?([^""\n{]+)""?)?")]
    private static partial Regex Variables();
}
