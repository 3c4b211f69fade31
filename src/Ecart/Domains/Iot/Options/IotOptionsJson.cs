using System.Text.Json;
using System.Text.Json.Serialization;
using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>Options as the JSON of a configuration version: snake_case names, absent settings take their defaults.</summary>
public static class IotOptionsJson
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
    public static string Serialize(IotOptions options) => JsonSerializer.Serialize(options, Form);

    /// <summary>Reads and validates settings.</summary>
    /// <exception cref="OptionsException">Not JSON, an unknown setting, a wrong type or a value out of range; the message names it.</exception>
    public static IotOptions Deserialize(string json)
    {
        try
        {
            IotOptions options = JsonSerializer.Deserialize<IotOptions>(json, Form)
                ?? throw new OptionsException("The configuration of iot is empty.");
            options.Validate();
            return options;
        }
        catch (JsonException error)
        {
            throw new OptionsException($"The configuration of iot cannot be read at {JsonFault.Of(error)}.");
        }
    }
}
