using System.Text.Json;
using System.Text.Json.Serialization;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Signatures;

/// <summary>Signatures as a JSON list: names in snake_case, severities by name. Stateless.</summary>
public static class SignatureJson
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Writes signatures as UTF-8.</summary>
    public static byte[] Write(IReadOnlyList<NetworkSignature> signatures) => JsonSerializer.SerializeToUtf8Bytes(signatures, Form);

    /// <summary>Reads and checks signatures.</summary>
    /// <exception cref="SignatureException">Not such a list, or a signature is wrong; the message names which and the field.</exception>
    public static IReadOnlyList<NetworkSignature> Read(ReadOnlySpan<byte> utf8)
    {
        NetworkSignature[]? signatures;
        try
        {
            signatures = JsonSerializer.Deserialize<NetworkSignature[]>(utf8, Form);
        }
        catch (JsonException error)
        {
            throw new SignatureException($"The signatures cannot be read at {JsonFault.Of(error)}.");
        }

        if (signatures is null) throw new SignatureException("The signatures are null: give a list.");
        SignatureChecks.RequireAll(signatures);
        return signatures;
    }
}
