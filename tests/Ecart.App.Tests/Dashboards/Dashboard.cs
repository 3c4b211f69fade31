using System.Text.Json;
using Ecart.TestKit;

namespace Ecart.App.Tests.Dashboards;

/// <summary>A dashboard of deploy/grafana as it stands in its file.</summary>
internal sealed class Dashboard
{
    private Dashboard(string file)
    {
        Name = Path.GetFileNameWithoutExtension(file);
        Root = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        Panels = [.. Root.GetProperty("panels").EnumerateArray()];
        Variables = [.. Root.GetProperty("templating").GetProperty("list").EnumerateArray()];
    }

    /// <summary>Every dashboard that there is.</summary>
    public static IReadOnlyList<Dashboard> All { get; } =
        [.. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(file => new Dashboard(file))];

    private static string Folder => Path.Combine(RepositoryRoot.Path, "deploy/grafana");

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    public JsonElement Root { get; }

    /// <summary>Rows too.</summary>
    public IReadOnlyList<JsonElement> Panels { get; }

    public IReadOnlyList<JsonElement> Variables { get; }

    /// <summary>Every SQL statement: of panels, and of variables.</summary>
    public IEnumerable<DashboardQuery> Statements =>
        Targets("rawSql").Concat(QueryVariables("mysql").Select(variable => new DashboardQuery(
            $"{Name}, variable {Text(variable, "name")}", Text(variable, "query"))));

    /// <summary>Every PromQL expression of panels.</summary>
    public IEnumerable<DashboardQuery> Expressions => Targets("expr");

    /// <summary>The queries by which variables get their values from Prometheus.</summary>
    public IEnumerable<DashboardQuery> LabelQueries => QueryVariables("prometheus").Select(variable => new DashboardQuery(
        $"{Name}, variable {Text(variable, "name")}", Text(variable.GetProperty("query"), "query")));

    public static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private IEnumerable<JsonElement> QueryVariables(string source) => Variables.Where(variable =>
        Text(variable, "type") == "query" && Text(variable.GetProperty("datasource"), "type") == source);

    private IEnumerable<DashboardQuery> Targets(string property) =>
        from panel in Panels
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        where target.TryGetProperty(property, out _)
        select new DashboardQuery($"{Name}, {Text(panel, "title")}, {Text(target, "refId")}", Text(target, property));
}
