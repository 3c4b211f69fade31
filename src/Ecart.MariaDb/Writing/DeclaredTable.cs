using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecart.Domains.Declared;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Rows of <c>events</c> of a declared domain. All fields are in <c>data</c> under their names, unknown ones left out; they say themselves of which type they
/// are, so that rows are read whatever the declaration says today. Not thread-safe.
/// </summary>
/// <param name="domain">Name of the domain.</param>
/// <param name="dimension">Floats of its vectors, at most <see cref="DeclaredLayout.Dimension"/>: they are stored with zeros behind them.</param>
public sealed class DeclaredTable(string domain, int dimension = DeclaredLayout.Dimension) : IEventTable
{
    private const string Score = "score";
    private const string Flag = "is_anomaly";
    private const string UtcOffset = "utc_offset_minutes";
    private const string OtherType = "event";
    private const int LongestType = 64;
    private const int LongestAddress = 45;
    private const int LongestAgent = 512;
    private const int FirstOfVerdict = 7;
    private static readonly VerdictColumns Shape = Make();
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly VerdictColumns verdicts = Make();
    private readonly SharedTexts texts = new();
    private readonly ArrayBufferWriter<byte> buffer = new(512);
    private readonly List<(string Name, DeclaredFieldType Type)> fields = [];
    private readonly List<double> numbers = [];
    private readonly List<string?> values = [];
    private DeclaredSchema? schema;

    /// <inheritdoc/>
    public string Domain => domain;

    /// <inheritdoc/>
    public string Table => "events";

    /// <inheritdoc/>
    public int Dimension => dimension;

    /// <inheritdoc/>
    public string UidColumn => "event_uid";

    /// <inheritdoc/>
    public string EntityColumn => "entity_id";

    /// <inheritdoc/>
    public string ScoreColumn => Score;

    /// <inheritdoc/>
    public string FlagColumn => Flag;

    /// <inheritdoc/>
    public string LabelColumn => "is_confirmed_anomaly";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "lane", "seq", "domain", "event_uid", "occurred_at", "entity_type", "entity_id", "event_type", "data", "source_ip", "user_agent", .. Shape.Written,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> ReadColumns { get; } = ["t.lane", "t.seq", "t.event_uid", "t.occurred_at", "t.entity_type", "t.entity_id", "t.data", .. Shape.Taken];

    /// <inheritdoc/>
    public string RowsOf(string tableAlias) => $"{tableAlias}.domain = '{domain}' AND ";

    /// <inheritdoc/>
    public void WriteRow(in ScoredEvent scored, RowWriter row)
    {
        var declared = (DeclaredEvent)scored.Event;
        row.Number(scored.Lane);
        row.Number(scored.Seq);
        row.Text(declared.Domain);
        row.Text(declared.EventUid);
        row.Time(declared.OccurredAt);
        row.Text(declared.PrimaryEntityType);
        row.Text(declared.PrimaryEntityId);
        row.Text(TextOf(declared, "event_type", LongestType) ?? OtherType);
        WriteData(declared);
        row.Utf8(buffer.WrittenSpan);
        row.Text(TextOf(declared, "source_ip", LongestAddress));
        row.Text(TextOf(declared, "user_agent", LongestAgent));
        verdicts.Write(scored.Verdict, row);
        row.EndRow();
    }

    /// <inheritdoc/>
    public ScoredEvent ReadRow(MySqlDataReader row, Verdict verdict)
    {
        verdicts.Read(row, FirstOfVerdict, verdict);
        return new ScoredEvent(ReadEvent(row), verdict, row.GetInt32(0), row.GetInt64(1));
    }

    private static string? TextOf(DeclaredEvent declared, string name, int longest)
    {
        int field = declared.Schema.IndexOf(name);
        return field >= 0 && declared.Texts[field] is { } text && text.Length <= longest ? text : null;
    }

    private void WriteData(DeclaredEvent declared)
    {
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, Form);
        json.WriteStartObject();
        for (int i = 0; i < declared.Numbers.Length; i++)
        {
            (string name, DeclaredFieldType type) = declared.Schema.Fields[i];
            if (type == DeclaredFieldType.Text)
            {
                if (declared.Texts[i] is { } text) json.WriteString(name, text);
            }
            else if (!double.IsNaN(declared.Numbers[i]))
            {
                if (type == DeclaredFieldType.Condition) json.WriteBoolean(name, declared.Numbers[i] != 0);
                else json.WriteNumber(name, declared.Numbers[i]);
            }
        }

        if (declared.UtcOffsetMinutes != 0) json.WriteNumber(UtcOffset, declared.UtcOffsetMinutes);
        json.WriteEndObject();
    }

    private DeclaredEvent ReadEvent(MySqlDataReader row)
    {
        string entityType = texts.Share(row.GetString(4));
        short offset = 0;
        fields.Clear();
        numbers.Clear();
        values.Clear();
        using (JsonDocument data = JsonDocument.Parse(row.GetString(6)))
        {
            foreach (JsonProperty property in data.RootElement.EnumerateObject())
            {
                if (property.NameEquals(UtcOffset)) offset = property.Value.GetInt16();
                else Add(property);
            }
        }

        return new DeclaredEvent
        {
            EventUid = row.GetString(2),
            OccurredAt = DateTime.SpecifyKind(row.GetDateTime(3), DateTimeKind.Utc),
            Schema = SchemaOf(entityType, row.GetString(5)),
            Numbers = [.. numbers],
            Texts = [.. values],
            UtcOffsetMinutes = offset,
        };
    }

    private void Add(JsonProperty property)
    {
        DeclaredFieldType type = property.Value.ValueKind switch
        {
            JsonValueKind.Number => DeclaredFieldType.Number,
            JsonValueKind.True or JsonValueKind.False => DeclaredFieldType.Condition,
            _ => DeclaredFieldType.Text,
        };
        fields.Add((texts.Share(property.Name), type));
        numbers.Add(type switch
        {
            DeclaredFieldType.Number => property.Value.GetDouble(),
            DeclaredFieldType.Condition => property.Value.ValueKind == JsonValueKind.True ? 1 : 0,
            _ => double.NaN,
        });
        values.Add(type == DeclaredFieldType.Text ? texts.Share(property.Value.ToString()) : null);
    }

    /// <summary>The schema of the row's own fields: as long as rows look alike, the same object.</summary>
    private DeclaredSchema SchemaOf(string entityType, string entityId)
    {
        if (!fields.Exists(field => field.Name == entityType))
        {
            fields.Add((entityType, DeclaredFieldType.Text));
            numbers.Add(double.NaN);
            values.Add(texts.Share(entityId));
        }

        if (schema is null || schema.Fields[schema.Entity].Name != entityType || !schema.Fields.SequenceEqual(fields))
            schema = new DeclaredSchema(domain, entityType, [.. fields]);
        return schema;
    }

    private static VerdictColumns Make() => new(Score, Flag, "learned_value", hasLayout: true, DeclaredLayout.Dimension);
}
