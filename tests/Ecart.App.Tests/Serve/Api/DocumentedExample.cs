using System.Text.Json.Nodes;

namespace Ecart.App.Tests.Serve.Api;

/// <summary>One example of an OpenAPI document: the request that it tells, put together from parameters and body of one name, and its answer.</summary>
internal sealed record DocumentedExample(
    string Name, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, JsonNode? Body, JsonNode? BodySchema, int Status, string? ContentType, JsonNode? Answer,
    JsonNode? AnswerSchema)
{
    /// <summary>All of them, in the order of the document.</summary>
    public static IEnumerable<DocumentedExample> Of(JsonObject document)
    {
        foreach ((string path, JsonNode? item) in document["paths"]!.AsObject())
            foreach ((string method, JsonNode? operation) in item!.AsObject())
                foreach (DocumentedExample example in Of(path, method, operation!)) yield return example;
    }

    public override string ToString() => $"{Method} {Target} ({Name})";

    private static IEnumerable<DocumentedExample> Of(string path, string method, JsonNode operation)
    {
        foreach ((string status, JsonNode? response) in operation["responses"]!.AsObject())
        {
            if (response!["content"]?.AsObject().First() is not { } content) continue;
            if (content.Value!["examples"] is not JsonObject answers) continue;
            foreach ((string name, JsonNode? answer) in answers)
            {
                string target = path;
                var query = new List<string>();
                var headers = new List<(string, string)>();
                foreach (JsonNode? parameter in operation["parameters"]?.AsArray() ?? [])
                {
                    if (parameter!["examples"]?[name]?["value"]?.GetValue<string>() is not { } value) continue;
                    string called = parameter["name"]!.GetValue<string>();
                    switch (parameter["in"]!.GetValue<string>())
                    {
                        case "path": target = target.Replace($"{{{called}}}", Uri.EscapeDataString(value), StringComparison.Ordinal); break;
                        case "query": query.Add($"{called}={Uri.EscapeDataString(value)}"); break;
                        default: headers.Add((called, value)); break;
                    }
                }

                if (query.Count > 0) target += "?" + string.Join('&', query);
                JsonNode? body = operation["requestBody"]?["content"]!["application/json"]!;
                yield return new DocumentedExample(
                    name, method.ToUpperInvariant(), target, headers, body?["examples"]?[name]?["value"], body?["schema"], int.Parse(status), content.Key, answer!["value"], content.Value["schema"]);
            }
        }
    }
}
