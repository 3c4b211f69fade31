using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ecart.Scoring;

/// <summary>Says to a person what is wrong with JSON that settings or signatures are read from: line, column, field and what is expected. Stateless.</summary>
internal static partial class JsonFault
{
    /// <summary>One clause, without a full stop, such as <c>line 3, column 12, field 'scan.some_targets': a number is expected</c>.</summary>
    public static string Of(JsonException error)
    {
        string place = error is { LineNumber: { } line, BytePositionInLine: { } column }
            ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {column + 1}")
            : "";
        string field = error.Path is { Length: > 1 } path ? $"field '{path.TrimStart('$').TrimStart('.')}'" : "";
        string where = string.Join(", ", new[] { place, field }.Where(static part => part.Length > 0));
        return where.Length == 0 ? What(error.Message) : $"{where}: {What(error.Message)}";
    }

    private static string What(string message)
    {
        if (Unknown().Match(message) is { Success: true } unknown) return $"there is no field '{unknown.Groups[1].Value}'";
        if (Missing().Match(message) is { Success: true } missing) return $"what is required is missing: {missing.Groups[1].Value.TrimEnd('.')}";
        if (Type().Match(message) is { Success: true } type) return Expected(type.Groups[1].Value) + " is expected";
        // The rest are faults of the text itself, which the parser tells in terms of JSON.
        int end = message.IndexOf(" Path:", StringComparison.Ordinal);
        if (end < 0) end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "this is not JSON: " + (end < 0 ? message : message[..end]).TrimEnd('.');
    }

    private static string Expected(string type)
    {
        if (type.Contains("Int", StringComparison.Ordinal) || type.Contains("Byte", StringComparison.Ordinal)) return "a whole number";
        if (type.Contains("Double", StringComparison.Ordinal) || type.Contains("Single", StringComparison.Ordinal)) return "a number";
        if (type.Contains("Boolean", StringComparison.Ordinal)) return "true or false";
        if (type.Contains("List", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal)) return "a list in [ ]";
        if (type.Contains("String", StringComparison.Ordinal)) return "a text in double quotes";
        if (type.Contains("Date", StringComparison.Ordinal)) return "a time such as \"2026-03-02T14:30:00Z\"";
        return type.EndsWith("Options", StringComparison.Ordinal) || type.EndsWith("Signature", StringComparison.Ordinal) ? "an object in { }" : "one of the values that the documentation lists";
    }

    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (.*?)(?: Path:|$)")]
    private static partial Regex Missing();

    [GeneratedRegex("could not be converted to ([^ ]+?)\\.?(?: Path:|$)")]
    private static partial Regex Type();
}
