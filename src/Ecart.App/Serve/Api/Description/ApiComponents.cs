using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Ecart.App.Serve.Api.Description;

/// <summary>The forms that the document names once and refers to. Not thread-safe.</summary>
internal sealed class ApiComponents
{
    private readonly Dictionary<string, Type> types = new(StringComparer.Ordinal);
    private readonly JsonObject schemas = [];

    /// <summary>A reference to the form of a type.</summary>
    public JsonNode Reference(Type type, JsonSerializerOptions options)
    {
        if (Nullable.GetUnderlyingType(type) is not null || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true && !type.IsGenericType)
            return options.GetJsonSchemaAsNode(type);
        string name = NameOf(type);
        if (types.TryAdd(name, type))
        {
            JsonNode schema = options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
            Rebase(schema, $"#/components/schemas/{name}");
            schemas[name] = schema;
        }
        else if (types[name] != type)
        {
            throw new InvalidOperationException($"Two forms of the API are called {name}: {types[name]} and {type}. Rename one.");
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>All that were referred to.</summary>
    public JsonObject ToSchemas() => (JsonObject)schemas.DeepClone();

    private static string NameOf(Type type) =>
        (type.IsGenericType ? string.Concat(type.GetGenericArguments().Select(NameOf)) : "") + type.Name.Split('`')[0];

    /// <summary>A member that may be anything is the form without a demand: some readers do not know the short word for it.</summary>
    private static void Spell(JsonObject properties)
    {
        foreach ((string name, JsonNode? member) in properties.ToArray())
            if (member?.GetValueKind() == JsonValueKind.True) properties[name] = new JsonObject();
    }

    /// <summary>A form that refers to a part of itself does so from its own root: here that is not the document's.</summary>
    private static void Rebase(JsonNode? node, string root)
    {
        if (node is JsonArray items)
        {
            foreach (JsonNode? item in items) Rebase(item, root);
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference && reference.GetValue<string>() is ['#', ..] local) members["$ref"] = root + local[1..];
            if (members["properties"] is JsonObject properties) Spell(properties);
            foreach ((_, JsonNode? member) in members.ToArray()) Rebase(member, root);
        }
    }
}
