using System.Text.Json;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>What score_transaction answered.</summary>
/// <param name="Score">Null: not scored.</param>
/// <param name="Flagged">Whether it is flagged.</param>
/// <param name="Reasons">Score by type, in order.</param>
/// <param name="Details">Text by type.</param>
public sealed record SqlVerdict(
    double? Score, bool Flagged, IReadOnlyList<KeyValuePair<string, double>> Reasons, IReadOnlyDictionary<string, string> Details)
{
    public double this[string type] => Reasons.Single(reason => reason.Key == type).Value;

    public IEnumerable<string> Types => Reasons.Select(reason => reason.Key);

    public static SqlVerdict Of(SqlRow row)
    {
        var reasons = new List<KeyValuePair<string, double>>();
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        if (row.Text("reasons") is { } text)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            foreach (JsonElement reason in document.RootElement.EnumerateArray())
            {
                string type = reason.GetProperty("type").GetString()!;
                reasons.Add(new(type, reason.GetProperty("score").GetDouble()));
                details[type] = reason.GetProperty("detail").GetString()!;
            }
        }

        return new SqlVerdict(row.Number("score"), row.Flag("flagged")!.Value, reasons, details);
    }
}
