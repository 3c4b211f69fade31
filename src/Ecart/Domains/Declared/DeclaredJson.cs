using System.Text.Json;
using System.Text.Json.Serialization;
using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>Declarations as the JSON of a configuration version: snake_case names, absent settings take their defaults.</summary>
public static class DeclaredJson
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>All settings with their values.</summary>
    public static string Serialize(DomainDeclaration declaration) => JsonSerializer.Serialize(declaration, Form);

    /// <summary>Reads and validates a declaration.</summary>
    /// <exception cref="OptionsException">Not JSON, an unknown setting, a wrong type or a value that cannot be used; the message names it.</exception>
    public static DomainDeclaration Deserialize(string json)
    {
        try
        {
            DomainDeclaration declaration = JsonSerializer.Deserialize<DomainDeclaration>(json, Form)
                ?? throw new OptionsException("The declaration is empty.");
            declaration.Validate();
            return declaration;
        }
        catch (JsonException error)
        {
            throw new OptionsException($"The declaration cannot be read at {error.Path ?? "$"}: {error.Message}");
        }
    }
}
