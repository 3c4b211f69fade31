using System.Text.Json;
using System.Text.Json.Serialization;
using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Options as the JSON of a configuration version: snake_case names, absent settings take their defaults.</summary>
public static class NetworkOptionsJson
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
    };

    /// <summary>All settings with their values.</summary>
    public static string Serialize(NetworkOptions options) => JsonSerializer.Serialize(options, Form);

    /// <summary>Reads and validates settings.</summary>
    /// <exception cref="OptionsException">Not JSON, an unknown setting, a wrong type or a value out of range; the message names it.</exception>
    public static NetworkOptions Deserialize(string json)
    {
        try
        {
            NetworkOptions options = JsonSerializer.Deserialize<NetworkOptions>(json, Form)
                ?? throw new OptionsException("The configuration of network is empty.");
            options.Validate();
            return options;
        }
        catch (JsonException error)
        {
            throw new OptionsException($"The configuration of network cannot be read at {JsonFault.Of(error)}.");
        }
    }
}
