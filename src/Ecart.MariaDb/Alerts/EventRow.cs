using System.Globalization;
using System.Text.Json;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Alerts;

/// <summary>Reads a whole row of any domain's events. Stateless.</summary>
internal static class EventRow
{
    private const string Data = "data";
    private const int LongestValue = 500;

    /// <summary>Columns that say nothing about the event itself: its place in the log, its verdict, what profiles take of it.</summary>
    private static readonly HashSet<string> NotFields = new(StringComparer.Ordinal)
    {
        "lane", "seq", "domain", "occurred_at", "embedding", "layout_embedding", "embedding_version", "rank_score", "distance_to_profile", "surprise",
        "learned_distance", "learned_amount", "learned_bytes", "learned_value", "reasons", "severity", "is_late", "is_learned", "suppressed_by",
        "configuration_version", "model_version", "shadow_version", "shadow_probability", "label_known_at", "received_at", "scored_amount", "hour_of_day", "day_of_week", "is_weekend",
    };

    public static StoredEvent Read(MySqlDataReader row, IEventTable table)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < row.FieldCount; i++) places[row.GetName(i)] = i;
        var fields = new List<EventField>();
        foreach ((string name, int place) in places)
        {
            bool isOfVerdict = name == table.UidColumn || name == table.ScoreColumn || name == table.FlagColumn || name == table.LabelColumn;
            if (isOfVerdict || NotFields.Contains(name) || row.IsDBNull(place)) continue;
            if (name == Data) fields.AddRange(OfData(row.GetString(place)));
            else if (row.GetValue(place) is { } value and not "") fields.Add(new EventField(name, value));
        }

        float[] embedding = VectorColumn.Read(row, places["embedding"]).ToArray();
        return new StoredEvent
        {
            Uid = row.GetString(places[table.UidColumn]),
            OccurredAt = row.GetDateTime(places["occurred_at"]),
            Fields = fields,
            Score = Number(row, places[table.ScoreColumn]),
            RankScore = Number(row, places["rank_score"]),
            Distance = Number(row, places["distance_to_profile"]),
            IsFlagged = row.GetBoolean(places[table.FlagColumn]),
            Severity = StoredNames.SeverityOf(row.GetString(places["severity"])),
            IsLate = row.GetBoolean(places["is_late"]),
            IsLearned = row.GetBoolean(places["is_learned"]),
            SuppressedBy = row.IsDBNull(places["suppressed_by"]) ? null : Convert.ToInt64(row.GetValue(places["suppressed_by"]), CultureInfo.InvariantCulture),
            Label = row.IsDBNull(places[table.LabelColumn]) ? null : row.GetBoolean(places[table.LabelColumn]),
            ConfigurationVersion = row.GetInt32(places["configuration_version"]),
            EmbeddingVersion = row.GetInt32(places["embedding_version"]),
            Embedding = embedding,
            Layout = places.TryGetValue("layout_embedding", out int layout) && !row.IsDBNull(layout) ? VectorColumn.Read(row, layout).ToArray() : embedding,
        };
    }

    /// <summary>A nullable number.</summary>
    public static double? Number(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private static IEnumerable<EventField> OfData(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object) yield break;
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            object? value = property.Value.ValueKind switch
            {
                JsonValueKind.Number => property.Value.GetDouble(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Null => null,
                _ => property.Value.GetRawText() is { Length: > LongestValue } much ? much[..LongestValue] : property.Value.GetRawText(),
            };
            if (value is not null and not "") yield return new EventField(property.Name, value);
        }
    }
}
