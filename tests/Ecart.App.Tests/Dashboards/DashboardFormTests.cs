using System.Text.Json;
using System.Text.RegularExpressions;
using Ecart.TestKit;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Ecart.App.Tests.Dashboards;

/// <summary>What every dashboard has, so that it can be imported and read.</summary>
public sealed partial class DashboardFormTests
{
    private static readonly string[] Numeric = ["stat", "timeseries", "bargauge", "barchart", "piechart"];

    public static TheoryData<string> Names => [.. Dashboard.All.Select(dashboard => dashboard.Name)];

    [Fact]
    public void Dashboards_AreThose_WithNamesOfTheirOwn()
    {
        Assert.Equal(["alerts", "detection-quality", "iot-fleet", "network", "operations"], Dashboard.All.Select(dashboard => dashboard.Name));
        Assert.Equal(Dashboard.All.Count, Dashboard.All.Select(dashboard => Dashboard.Text(dashboard.Root, "title")).Distinct().Count());
        Assert.All(Dashboard.All, dashboard => Assert.Equal("ecart-" + dashboard.Name, Dashboard.Text(dashboard.Root, "uid")));
        Assert.All(Dashboard.All, dashboard => Assert.Equal("utc", Dashboard.Text(dashboard.Root, "timezone")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_Each_SayWhatTheyShowInWhichUnit(string name)
    {
        foreach (JsonElement panel in Panels(name).Where(panel => Dashboard.Text(panel, "type") != "row"))
        {
            string title = Dashboard.Text(panel, "title");
            JsonElement defaults = panel.GetProperty("fieldConfig").GetProperty("defaults");
            Assert.True(Dashboard.Text(panel, "description").Length >= 15, $"{title} has no description");
            Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray());
            if (Numeric.Contains(Dashboard.Text(panel, "type")))
                Assert.True(defaults.TryGetProperty("unit", out _) || defaults.TryGetProperty("mappings", out _), $"{title} has no unit");
            if (Dashboard.Text(panel, "type") == "stat")
                Assert.True(defaults.GetProperty("thresholds").GetProperty("steps")[0].GetProperty("value").ValueKind == JsonValueKind.Null, $"{title}: the first step has no value");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_Placed_NeitherOverlapNorReachOutOfThe24Columns(string name)
    {
        var taken = new Dictionary<(int X, int Y), string>();
        Assert.Equal(Panels(name).Count, Panels(name).Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        foreach (JsonElement panel in Panels(name))
        {
            JsonElement place = panel.GetProperty("gridPos");
            int left = place.GetProperty("x").GetInt32();
            int top = place.GetProperty("y").GetInt32();
            int width = place.GetProperty("w").GetInt32();
            Assert.InRange(left + width, 1, 24);
            for (int cell = 0; cell < width * place.GetProperty("h").GetInt32(); cell++)
            {
                (int, int) at = (left + (cell % width), top + (cell / width));
                Assert.True(taken.TryAdd(at, Dashboard.Text(panel, "title")), $"{Dashboard.Text(panel, "title")} lies over {taken.GetValueOrDefault(at)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Queries_Name_DeclaredVariablesAndNoFixedSource(string name)
    {
        Dashboard dashboard = Dashboard.All.Single(dashboard => dashboard.Name == name);
        string[] declared = [.. dashboard.Variables.Select(variable => Dashboard.Text(variable, "name"))];
        string text = dashboard.Root.GetRawText();

        foreach (Match variable in Variable().Matches(text)) Assert.Contains(variable.Groups[1].Value, declared);
        Assert.All(declared, variable => Assert.Contains("$" + variable, text.Replace("${", "$", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(
            SourceName().Matches(text).Select(match => match.Groups[1].Value),
            source => Assert.Contains(source, new[] { "${prometheus}", "${mariadb}" }));
    }

    /// <summary>What a person can type into a variable reaches SQL as a quoted text alone.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Statements_Variables_AreAlwaysQuoted(string name) => Assert.All(
        Dashboard.All.Single(dashboard => dashboard.Name == name).Statements,
        statement => Assert.DoesNotMatch(@"\$(?!__|\{\w+:sqlstring\})", statement.Query));

    [Fact]
    public void Provisioning_Sources_AreOfTheKindsThatTheDashboardsAsk()
    {
        string folder = Path.Combine(RepositoryRoot.Path, "deploy/grafana/provisioning");
        YamlMappingNode sources = Read(Path.Combine(folder, "datasources/ecart.yaml"));
        YamlMappingNode boards = Read(Path.Combine(folder, "dashboards/ecart.yaml"));

        var list = (YamlSequenceNode)sources["datasources"];
        Assert.Equal(["prometheus", "mysql"], list.Select(source => ((YamlScalarNode)source["type"]).Value));
        Assert.Equal("+00:00", ((YamlScalarNode)list[1]["jsonData"]["timezone"]).Value);
        Assert.Equal("file", ((YamlScalarNode)boards["providers"][0]["type"]).Value);
    }

    private static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(file);
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IReadOnlyList<JsonElement> Panels(string name) => Dashboard.All.Single(dashboard => dashboard.Name == name).Panels;

    [GeneratedRegex(@"\$\{?(?!__)(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex("\"uid\": \"(\\$[^\"]*)\"")]
    private static partial Regex SourceName();
}
