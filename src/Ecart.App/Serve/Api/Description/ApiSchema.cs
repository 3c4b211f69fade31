using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Ecart.App.Serve.Api.Description;

/// <summary>The form of JSON, as a schema of the document. Immutable.</summary>
/// <param name="Write">Writes it, with a reference to what is named.</param>
internal sealed record ApiSchema(Func<ApiComponents, JsonNode> Write)
{
    /// <summary>Requests are read with <see cref="ApiJson.Options"/>: nothing unknown in them.</summary>
    private static readonly JsonSerializerOptions Requests = new(ApiJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>Answers may get members that are not known yet.</summary>
    private static readonly JsonSerializerOptions Answers = new(Requests) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>A text.</summary>
    public static ApiSchema Text { get; } = Parse("""{"type": "string"}""");

    /// <summary>A whole number.</summary>
    public static ApiSchema Whole { get; } = Parse("""{"type": "integer", "format": "int64"}""");

    /// <summary>A moment.</summary>
    public static ApiSchema Time { get; } = Parse("""{"type": "string", "format": "date-time"}""");

    /// <summary>The form of an answer, by the type that is written.</summary>
    public static ApiSchema Of<TAnswer>() => new(components => components.Reference(typeof(TAnswer), Answers));

    /// <summary>The form of a request, by the type that is read.</summary>
    public static ApiSchema OfRequest<TRequest>() => new(components => components.Reference(typeof(TRequest), Requests));

    /// <summary>A form written out.</summary>
    public static ApiSchema Parse(string json) => new(_ => JsonNode.Parse(json)!);

    /// <summary>One of a few words.</summary>
    public static ApiSchema Words(params IEnumerable<string> words) =>
        new(_ => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) });

    /// <summary>A number of a range.</summary>
    public static ApiSchema Between(int least, int most) =>
        new(_ => new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most });

    /// <summary>Any of several forms.</summary>
    public static ApiSchema AnyOf(params ApiSchema[] forms) =>
        new(components => new JsonObject { ["anyOf"] = new JsonArray([.. forms.Select(form => form.Write(components))]) });

    /// <summary>An array.</summary>
    public static ApiSchema ListOf(ApiSchema item) => new(components => new JsonObject { ["type"] = "array", ["items"] = item.Write(components) });

    /// <summary>An object of one member that is an array.</summary>
    public static ApiSchema ListIn(string member, ApiSchema item) => new(components => new JsonObject
    {
        ["type"] = "object",
        ["required"] = new JsonArray(member),
        ["properties"] = new JsonObject { [member] = ListOf(item).Write(components) },
    });

    /// <summary>
    /// The form that an example has: for answers that have no type of their own. Members of the example are required, unless their value is null; an array has the form
    /// of its first item.
    /// </summary>
    public static ApiSchema Like(string example) => new(_ => LikeOf(JsonNode.Parse(example)));

    private static JsonObject LikeOf(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                var properties = new JsonObject();
                foreach ((string name, JsonNode? member) in members) properties[name] = LikeOf(member);
                return new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray([.. members.Where(member => member.Value is not null).Select(member => (JsonNode)member.Key)]),
                    ["properties"] = properties,
                };
            case JsonArray items:
                return new JsonObject { ["type"] = "array", ["items"] = items.Count == 0 ? new JsonObject() : LikeOf(items[0]) };
            default:
                return value?.GetValueKind() switch
                {
                    JsonValueKind.String => new JsonObject { ["type"] = "string" },
                    JsonValueKind.Number => new JsonObject { ["type"] = new JsonArray("number", "null") },
                    JsonValueKind.True or JsonValueKind.False => new JsonObject { ["type"] = "boolean" },
                    _ => [],
                };
        }
    }
}
