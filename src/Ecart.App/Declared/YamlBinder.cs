using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Ecart.Events.Decoding;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ecart.App.Declared;

/// <summary>
/// Makes an options record of YAML by its properties, whose names are snake_case there. Everything that does not fit is told with its place, and has its default
/// in the record. Not thread-safe.
/// </summary>
internal sealed class YamlBinder
{
    private const int MostDepth = 12;
    private readonly List<DeclarationProblem> problems = [];
    private readonly Dictionary<string, YamlNode> nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> wrong = new(StringComparer.Ordinal);

    /// <summary>What does not fit.</summary>
    public IReadOnlyList<DeclarationProblem> Problems => problems;

    /// <summary>Makes a record.</summary>
    /// <returns>Null when the node is no mapping.</returns>
    public T? Bind<T>(YamlNode root)
        where T : class => (T?)Value(typeof(T), root, "", 0);

    /// <summary>Whether a setting, or one that holds it, could not be read.</summary>
    public bool IsWrong(string path)
    {
        for (string? at = path; at is not null; at = ParentOf(at))
            if (wrong.Contains(at)) return true;
        return false;
    }

    /// <summary>The node of a setting; where it is left out, of what would hold it.</summary>
    /// <param name="path">As <c>rules[2].expression</c>.</param>
    public (YamlNode? Node, bool IsExact) Find(string path)
    {
        for (string? at = path; at is not null; at = ParentOf(at))
            if (nodes.TryGetValue(at, out YamlNode? node)) return (node, at == path);
        return (null, false);
    }

    private static string? ParentOf(string path) => path.Length == 0 ? null : path.LastIndexOfAny(['.', '[']) is >= 0 and var end ? path[..end] : "";

    private object? Value(Type type, YamlNode node, string path, int depth)
    {
        nodes[path] = node;
        if (depth > MostDepth) return Fail(node, path, "is nested too deeply.");
        Type? nullable = Nullable.GetUnderlyingType(type);
        if (nullable is not null) return IsNull(node) ? null : Value(nullable, node, path, depth);
        if (type == typeof(string) || type.IsPrimitive || type.IsEnum)
            return node is YamlScalarNode scalar ? Scalar(type, scalar, path) : Fail(node, path, $"must be {Named(type)}, not a {Shape(node)}.");
        if (ElementOf(type) is { } element) return List(element, node, path, depth);
        if (type == typeof(IReadOnlyDictionary<string, decimal>)) return Rates(node, path);
        return node is YamlMappingNode mapping ? Record(type, mapping, path, depth) : Fail(node, path, $"must be a mapping of settings, not a {Shape(node)}.");
    }

    private object Record(Type type, YamlMappingNode mapping, string path, int depth)
    {
        object record = Activator.CreateInstance(type)!;
        Dictionary<string, PropertyInfo> properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanWrite)
            .ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), StringComparer.Ordinal);
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            string place = path.Length == 0 ? name : $"{path}.{name}";
            if (!properties.TryGetValue(name, out PropertyInfo? property))
            {
                problems.Add(At(key, $"'{name}' is no setting{(path.Length == 0 ? "" : " of " + path)}: there are {string.Join(", ", properties.Keys)}.{NameSuggestion.For(name, properties.Keys)}"));
                continue;
            }

            if (IsNull(value) && !MayBeNull(property))
            {
                nodes[place] = value;
                Fail(value, place, "is empty: give it, or leave it out for its default.");
                continue;
            }

            object? bound = IsNull(value) ? null : Value(property.PropertyType, value, place, depth + 1);
            if (bound is not null || (IsNull(value) && MayBeNull(property))) property.SetValue(record, bound);
        }

        return record;
    }

    private Array? List(Type element, YamlNode node, string path, int depth)
    {
        if (node is not YamlSequenceNode sequence) return (Array?)Fail(node, path, $"must be a list, not a {Shape(node)}.");
        var values = new ArrayList();
        for (int i = 0; i < sequence.Children.Count; i++)
        {
            string place = $"{path}[{i}]";
            // What cannot be read keeps its place, so that the others keep theirs.
            values.Add(Value(element, sequence.Children[i], place, depth + 1) ?? (element == typeof(string) ? "" : Activator.CreateInstance(element)));
        }

        return values.ToArray(element);
    }

    private Dictionary<string, decimal>? Rates(YamlNode node, string path)
    {
        if (node is not YamlMappingNode mapping) return (Dictionary<string, decimal>?)Fail(node, path, $"must be a mapping of names to numbers, not a {Shape(node)}.");
        var rates = new Dictionary<string, decimal>();
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            string text = (value as YamlScalarNode)?.Value ?? "";
            nodes[$"{path}.{name}"] = value;
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal rate)) rates[name] = rate;
            else Fail(value, $"{path}.{name}", $"is '{text}'; it must be a number.");
        }

        return rates;
    }

    private object? Scalar(Type type, YamlScalarNode node, string path)
    {
        string text = node.Value ?? "";
        if (type == typeof(string)) return IsNull(node) ? Fail(node, path, "is empty.") : text;
        if (type.IsEnum)
        {
            string[] names = [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
            int found = Array.IndexOf(names, text);
            return found >= 0 ? Enum.GetValues(type).GetValue(found) : Fail(node, path, $"is '{text}'; it must be one of {string.Join(", ", names)}.{NameSuggestion.For(text, names)}");
        }

        if (type == typeof(bool)) return text is "true" or "false" ? text == "true" : Fail(node, path, $"is '{text}'; it must be true or false.");
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) ? whole : Fail(node, path, $"is '{text}'; it must be a whole number.");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : Fail(node, path, $"is '{text}'; it must be a number.");
    }

    private object? Fail(YamlNode node, string path, string message)
    {
        wrong.Add(path);
        problems.Add(At(node, path.Length == 0 ? $"The declaration {message}" : $"Setting '{path}' {message}"));
        return null;
    }

    private static DeclarationProblem At(YamlNode node, string message) => new((int)node.Start.Line, (int)node.Start.Column, message);

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" };

    private static bool MayBeNull(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static string Named(Type type) => type == typeof(string) ? "a text" : type == typeof(bool) ? "true or false" : type.IsEnum ? "a name" : "a number";

    private static string Shape(YamlNode node) => node switch
    {
        YamlMappingNode => "mapping",
        YamlSequenceNode => "list",
        _ => "single value",
    };
}
