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
            throw new OptionsException($"The declaration cannot be read at {JsonFault.Of(error)}.");
        }
    }

    /// <summary>What makes the embedding and the entity's state, as one text.</summary>
    internal static string LayoutOf(DomainDeclaration declaration)
    {
        HashSet<string> read = [.. declaration.Encoders.SelectMany(encoder => new[] { encoder.Field, encoder.Longitude })];
        return JsonSerializer.Serialize(
            new
            {
                declaration.Base,
                declaration.Entity,
                declaration.Constant,
                declaration.Encoders,
                Fields = declaration.Fields.Where(field => read.Contains(field.Name)).Select(field => new { field.Name, field.Type, field.Values }).ToArray(),
                Windows = declaration.Windows.Where(window => read.Contains(window.Name)).ToArray(),
                Deviations = declaration.Deviations.Select(one => new { one.Field, one.Logarithm }).ToArray(),
                Novelty = declaration.Novelty.Select(one => one.Field).ToArray(),
            },
            Form);
    }
}
