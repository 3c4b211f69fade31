using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecart.App.Serve.Api.Description;

/// <summary>The values that an example gives to parameters.</summary>
/// <param name="Name">The example.</param>
/// <param name="Values">By place and name.</param>
internal sealed record ExampleTarget(string Name, IReadOnlyDictionary<(string Place, string Name), string> Values)
{
    /// <summary>Reads them from path and query.</summary>
    public static ExampleTarget Read(RoutePattern pattern, ApiExample example)
    {
        string[] parts = example.Target.Split('?', 2);
        var matched = new RouteValueDictionary();
        if (!new TemplateMatcher(TemplateParser.Parse(pattern.RawText!.TrimStart('/')), []).TryMatch(parts[0], matched))
            throw new InvalidOperationException($"The example '{example.Name}' asks for {example.Target}, which is not {pattern.RawText}.");
        Dictionary<(string, string), string> values = matched.ToDictionary(value => ("path", value.Key), value => value.Value!.ToString()!);
        if (parts.Length > 1)
            foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in QueryHelpers.ParseQuery(parts[1])) values[("query", name)] = value.ToString();
        return new ExampleTarget(example.Name, values);
    }
}
