using System.Text.Json;

namespace Ecart.MariaDb.Alerts;

/// <summary>Why an alert was raised. Immutable.</summary>
/// <param name="Findings">The evidence, in its order.</param>
/// <param name="Threshold">Score from which events were flagged; null when it is not kept.</param>
public sealed record AlertExplanation(IReadOnlyList<AlertFinding> Findings, double? Threshold)
{
    private const string Rule = "rule";

    /// <summary>Of an alert whose explanation says nothing that can be read.</summary>
    public static AlertExplanation Empty { get; } = new([], null);

    /// <summary>The evidence that adds most to the score; null without evidence.</summary>
    public AlertFinding? Strongest => Findings.Count == 0 ? null : Findings.MaxBy(finding => finding.Score);

    /// <summary>Reads <c>{reason, features, threshold}</c>. What others wrote into the table in another form is left out.</summary>
    public static AlertExplanation Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Empty;
            JsonProperty[] features = document.RootElement.TryGetProperty("features", out JsonElement numbers) && numbers.ValueKind == JsonValueKind.Object
                ? [.. numbers.EnumerateObject()]
                : [];
            JsonElement[] reasons = document.RootElement.TryGetProperty("reason", out JsonElement list) && list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Where(reason => reason.ValueKind == JsonValueKind.Object)]
                : [];
            var findings = new List<AlertFinding>(reasons.Length);
            for (int i = 0; i < reasons.Length; i++) findings.Add(Finding(reasons[i], i, features));
            return new AlertExplanation(findings, Number(document.RootElement, "threshold"));
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    private static AlertFinding Finding(JsonElement reason, int place, JsonProperty[] features)
    {
        string code = Text(reason, "type") ?? "";
        JsonElement numbers = NumbersOf(code, place, features);
        return new AlertFinding(
            code, Number(reason, "score") ?? 0, Text(reason, "detail") ?? "", Number(numbers, "observed"), Number(numbers, "expected"), Number(numbers, "threshold"),
            Number(numbers, "significance"), Text(numbers, "subject"));
    }

    /// <summary>Reasons and features are written in the same order; several reasons of one code have features of one name, which only their place tells apart.</summary>
    private static JsonElement NumbersOf(string code, int place, JsonProperty[] features)
    {
        if (place < features.Length && IsOf(features[place].Name, code)) return features[place].Value;
        return features.FirstOrDefault(feature => IsOf(feature.Name, code)).Value;
    }

    private static bool IsOf(string feature, string code) =>
        feature == code || (code == Rule && feature.StartsWith(Rule + ":", StringComparison.Ordinal));

    private static double? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
