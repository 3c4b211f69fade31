using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Signatures;

/// <summary>
/// Signatures as a STIX 2.1 bundle: an indicator each, with the vector and its radius in a property extension, and the technique as an external reference.
/// Stateless.
/// </summary>
/// <remarks>
/// The ids are made of what a signature says, so that the same signatures give the same bytes. STIX has no pattern language for vectors: the indicator's
/// pattern is of the type <c>ecart-vector</c>, as section 4.7 allows, and names the radius. Objects of other types and indicators without our extension are passed
/// over, so that bundles of other makers can be read. STIX Version 2.1, OASIS Standard, 2021.
/// </remarks>
public static class StixBundle
{
    private const string Extension = "extension-definition--3b6a1c1e-4f8f-5a0e-9c59-8f3d1a2e7b46";
    private const string PatternType = "ecart-vector";
    private const string MitreSource = "mitre-attack";
    private const string SpecVersion = "2.1";

    /// <summary>Writes signatures as UTF-8.</summary>
    /// <param name="signatures">The signatures.</param>
    /// <param name="created">When they were made or changed: UTC.</param>
    public static byte[] Write(IReadOnlyList<NetworkSignature> signatures, DateTime created)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "bundle");
            writer.WriteString("id", "bundle--" + IdOf("bundle", [.. signatures.Select(static signature => signature.Name)]));
            writer.WriteStartArray("objects");
            string time = created.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
            foreach (NetworkSignature signature in signatures) Write(writer, signature, time);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads and checks the signatures of a bundle.</summary>
    /// <exception cref="SignatureException">Not a STIX 2.1 bundle, or a signature is wrong; the message names which and the field.</exception>
    public static IReadOnlyList<NetworkSignature> Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            JsonElement root = document.RootElement;
            bool isBundle = root.ValueKind == JsonValueKind.Object && Text(root, "type") == "bundle";
            if (!isBundle) throw new SignatureException("This is no STIX bundle: its type is not 'bundle'.");
            var signatures = new List<NetworkSignature>();
            if (root.TryGetProperty("objects", out JsonElement objects) && objects.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in objects.EnumerateArray())
                    if (TryRead(item, out NetworkSignature? signature)) signatures.Add(signature);
            }

            SignatureChecks.RequireAll(signatures);
            return signatures;
        }
        catch (JsonException error)
        {
            throw new SignatureException($"The bundle cannot be read at {JsonFault.Of(error)}.");
        }
    }

    private static void Write(Utf8JsonWriter writer, NetworkSignature signature, string time)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "indicator");
        writer.WriteString("spec_version", SpecVersion);
        writer.WriteString("id", "indicator--" + IdOf("indicator", [signature.Name, signature.Category]));
        writer.WriteString("created", time);
        writer.WriteString("modified", time);
        writer.WriteString("name", signature.Name);
        if (signature.Description is { } description) writer.WriteString("description", description);
        writer.WriteStartArray("indicator_types");
        writer.WriteStringValue("malicious-activity");
        writer.WriteEndArray();
        writer.WriteString("pattern", FormattableString.Invariant($"[ecart:network_vector WITHIN {signature.Radius:R}]"));
        writer.WriteString("pattern_type", PatternType);
        writer.WriteString("valid_from", time);
        writer.WriteStartArray("labels");
        writer.WriteStringValue(signature.Category);
        writer.WriteEndArray();
        if (signature.MitreId is { } technique)
        {
            writer.WriteStartArray("external_references");
            writer.WriteStartObject();
            writer.WriteString("source_name", MitreSource);
            writer.WriteString("external_id", technique);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteStartObject("extensions");
        writer.WriteStartObject(Extension);
        writer.WriteString("extension_type", "property-extension");
        writer.WriteString("category", signature.Category);
        writer.WriteString("severity", JsonNamingPolicy.SnakeCaseLower.ConvertName(signature.Severity.ToString()));
        writer.WriteNumber("radius", signature.Radius);
        writer.WriteNumber("embedding_version", signature.EmbeddingVersion);
        writer.WriteStartArray("vector");
        foreach (float value in signature.Vector) writer.WriteNumberValue(value);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static bool TryRead(JsonElement item, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NetworkSignature? signature)
    {
        signature = null;
        if (item.ValueKind != JsonValueKind.Object || Text(item, "type") != "indicator") return false;
        if (!item.TryGetProperty("extensions", out JsonElement extensions) || extensions.ValueKind != JsonValueKind.Object) return false;
        if (!extensions.TryGetProperty(Extension, out JsonElement ours) || ours.ValueKind != JsonValueKind.Object) return false;
        string name = Text(item, "name") ?? string.Empty;
        if (!Enum.TryParse(Text(ours, "severity"), ignoreCase: true, out Severity severity)) severity = Severity.None;
        signature = new NetworkSignature
        {
            Name = name,
            Category = Text(ours, "category") ?? string.Empty,
            Severity = severity,
            Vector = Vector(ours, name),
            Radius = ours.TryGetProperty("radius", out JsonElement radius) && radius.TryGetDouble(out double value) ? value : double.NaN,
            EmbeddingVersion = ours.TryGetProperty("embedding_version", out JsonElement version) && version.TryGetInt32(out int number) ? number : 0,
            Description = Text(item, "description"),
            MitreId = Technique(item),
        };
        return true;
    }

    private static float[] Vector(JsonElement ours, string name)
    {
        if (!ours.TryGetProperty("vector", out JsonElement list) || list.ValueKind != JsonValueKind.Array) return [];
        var vector = new float[list.GetArrayLength()];
        int position = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetSingle(out vector[position++]))
                throw new SignatureException($"Signature '{name}': vector has something that is no number at position {position}.");
        }

        return vector;
    }

    private static string? Technique(JsonElement item)
    {
        if (!item.TryGetProperty("external_references", out JsonElement references) || references.ValueKind != JsonValueKind.Array) return null;
        foreach (JsonElement reference in references.EnumerateArray())
            if (reference.ValueKind == JsonValueKind.Object && Text(reference, "source_name") == MitreSource) return Text(reference, "external_id");
        return null;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A UUID of version 5 by what is named, as RFC 9562 makes them but with SHA-256.</summary>
    private static string IdOf(string kind, IReadOnlyList<string> names)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(kind + "\n" + string.Join('\n', names)));
        Span<byte> id = hash.AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x50);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true).ToString();
    }
}
