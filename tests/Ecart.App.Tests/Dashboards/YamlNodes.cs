using YamlDotNet.RepresentationModel;

namespace Ecart.App.Tests.Dashboards;

/// <summary>Shorter ways through YAML.</summary>
internal static class YamlNodes
{
    public static IEnumerable<YamlNode> AsSequence(this YamlNode node) => (YamlSequenceNode)node;

    public static string? AsText(this YamlNode node) => ((YamlScalarNode)node).Value;
}
