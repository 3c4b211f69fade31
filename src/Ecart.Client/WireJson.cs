using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecart.Client;

/// <summary>How the service writes JSON: snake_case names and enumerations. Members that are not known are left, so that a newer service can be read.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
