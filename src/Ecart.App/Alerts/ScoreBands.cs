using System.Text.Json;
using Ecart.Scoring;

namespace Ecart.App.Alerts;

/// <summary>Reads the score bands of any domain's settings. Stateless.</summary>
internal static class ScoreBands
{
    /// <summary>Reads them; what the settings do not say has its default.</summary>
    public static SeverityOptions Read(string settings)
    {
        var usual = new SeverityOptions();
        using JsonDocument document = JsonDocument.Parse(settings);
        JsonElement root = document.RootElement;
        // A domain that is declared over the built-in one has the settings of that within its own.
        if (!root.TryGetProperty("severity", out _) && root.TryGetProperty("transactions", out JsonElement based) && based.ValueKind == JsonValueKind.Object) root = based;
        if (!root.TryGetProperty("severity", out JsonElement bands) || bands.ValueKind != JsonValueKind.Object) return usual;
        return new SeverityOptions
        {
            Flag = Number(bands, "flag") ?? usual.Flag,
            Low = Number(bands, "low"),
            Medium = Number(bands, "medium") ?? usual.Medium,
            High = Number(bands, "high") ?? usual.High,
            Critical = Number(bands, "critical") ?? usual.Critical,
        };
    }

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
