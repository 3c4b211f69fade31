using System.Text.Json;

namespace Ecart.MariaDb.Reading;

/// <summary>Reads the reasons of a stored verdict. Stateless.</summary>
internal static class VerdictReasons
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Reads a JSON array of {type, score, detail}.</summary>
    public static IReadOnlyList<VerdictReason> Read(string json) => JsonSerializer.Deserialize<VerdictReason[]>(json, Form)!;
}
