using System.Text.RegularExpressions;
using Ecart.TestKit;
using YamlDotNet.RepresentationModel;

namespace Ecart.App.Tests.Dashboards;

/// <summary>A rule of deploy/prometheus/alerts.yaml.</summary>
internal sealed partial class AlertRule
{
    private AlertRule(YamlNode rule)
    {
        Name = Scalar(rule["alert"]);
        Expression = Scalar(rule["expr"]);
        Severity = Scalar(rule["labels"]["severity"]);
        Annotations = ((YamlMappingNode)rule["annotations"]).Children.ToDictionary(pair => Scalar(pair.Key), pair => Scalar(pair.Value));
    }

    /// <summary>Folder of Prometheus' files.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "deploy/prometheus");

    /// <summary>Every rule that there is.</summary>
    public static IReadOnlyList<AlertRule> All { get; } = [.. Read("alerts.yaml")["groups"].AsSequence().SelectMany(group => group["rules"].AsSequence()).Select(rule => new AlertRule(rule))];

    public string Name { get; }

    public string Expression { get; }

    public string Severity { get; }

    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>The metrics that it asks.</summary>
    public IEnumerable<string> Metrics => Metric().Matches(Expression).Select(match => match.Value).Distinct();

    /// <summary>A YAML file of the folder.</summary>
    public static YamlNode Read(string name)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Folder, name));
        stream.Load(reader);
        return stream.Documents[0].RootNode;
    }

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"\b(ecart|dotnet|http_server|node)_\w+")]
    private static partial Regex Metric();
}
