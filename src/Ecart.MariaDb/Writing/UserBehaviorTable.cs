using System.Text.Json;
using System.Text.Json.Serialization;
using Ecart.Domains.UserBehavior;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>events</c> that are actions of users; what has no column of its own is in <c>data</c>. Not thread-safe.</summary>
public sealed class UserBehaviorTable : IEventTable
{
    private const string Score = "score";
    private const string Flag = "is_anomaly";
    private const int FirstOfVerdict = 9;
    private static readonly VerdictColumns Shape = Make();
    private readonly VerdictColumns verdicts = Make();
    private readonly SharedTexts texts = new();

    /// <inheritdoc/>
    public string Domain => UserBehaviorEvent.DomainName;

    /// <inheritdoc/>
    public string Table => "events";

    /// <inheritdoc/>
    public int Dimension => UserBehaviorLayout.Dimension;

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
    public IReadOnlyList<string> ReadColumns { get; } =
    [
        "t.lane", "t.seq", "t.event_uid", "t.occurred_at", "t.entity_id", "t.event_type", "t.data", "t.source_ip", "t.user_agent", .. Shape.Taken,
    ];

    /// <inheritdoc/>
    public string RowsOf(string tableAlias) => $"{tableAlias}.domain = '{UserBehaviorEvent.DomainName}' AND ";

    /// <inheritdoc/>
    public void WriteRow(in ScoredEvent scored, RowWriter row)
    {
        var action = (UserBehaviorEvent)scored.Event;
        row.Number(scored.Lane);
        row.Number(scored.Seq);
        row.Text(action.Domain);
        row.Text(action.EventUid);
        row.Time(action.OccurredAt);
        row.Text(action.PrimaryEntityType);
        row.Text(action.UserId);
        row.Text(action.EventType);
        row.Utf8(JsonSerializer.SerializeToUtf8Bytes(ActionData.Of(action), ActionData.Form));
        row.Text(action.SourceIp);
        row.Text(action.UserAgent);
        verdicts.Write(scored.Verdict, row);
        row.EndRow();
    }

    /// <inheritdoc/>
    public ScoredEvent ReadRow(MySqlDataReader row, Verdict verdict)
    {
        verdicts.Read(row, FirstOfVerdict, verdict);
        return new ScoredEvent(ReadAction(row, verdict), verdict, row.GetInt32(0), row.GetInt64(1));
    }

    private UserBehaviorEvent ReadAction(MySqlDataReader row, Verdict verdict)
    {
        ActionData data = JsonSerializer.Deserialize<ActionData>(row.GetString(6), ActionData.Form)!;
        bool isCallers = verdict.EmbeddingVersion >= UserBehaviorEvent.FirstCallerVersion;
        return new UserBehaviorEvent
        {
            EventUid = row.GetString(2),
            OccurredAt = DateTime.SpecifyKind(row.GetDateTime(3), DateTimeKind.Utc),
            UserId = texts.Share(row.GetString(4)),
            EventType = texts.Share(row.GetString(5)),
            SourceIp = texts.Read(row, 7),
            UserAgent = texts.Read(row, 8),
            Resource = Share(data.Resource),
            Outcome = data.Outcome,
            DeviceId = Share(data.Device),
            Country = Share(data.Country),
            City = Share(data.City),
            Latitude = data.Latitude ?? double.NaN,
            Longitude = data.Longitude ?? double.NaN,
            SessionId = Share(data.Session),
            Role = Share(data.Role),
            UtcOffsetMinutes = data.UtcOffsetMinutes,
            Embedding = isCallers ? [.. verdict.Embedding] : null,
            EmbeddingVersion = isCallers ? verdict.EmbeddingVersion - UserBehaviorEvent.FirstCallerVersion : 0,
        };
    }

    private string? Share(string? text) => text is null ? null : texts.Share(text);

    private static VerdictColumns Make() => new(Score, Flag, "learned_value", hasLayout: true);

    /// <summary>What an action says beyond the columns that all generic events have. Absent when unknown.</summary>
    private sealed record ActionData
    {
        public static readonly JsonSerializerOptions Form = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };

        public string? Resource { get; init; }

        public ActionOutcome Outcome { get; init; }

        public string? Device { get; init; }

        public string? Country { get; init; }

        public string? City { get; init; }

        public double? Latitude { get; init; }

        public double? Longitude { get; init; }

        public string? Session { get; init; }

        public string? Role { get; init; }

        public short UtcOffsetMinutes { get; init; }

        public static ActionData Of(UserBehaviorEvent action) => new()
        {
            Resource = action.Resource,
            Outcome = action.Outcome,
            Device = action.DeviceId,
            Country = action.Country,
            City = action.City,
            Latitude = action.HasPosition ? action.Latitude : null,
            Longitude = action.HasPosition ? action.Longitude : null,
            Session = action.SessionId,
            Role = action.Role,
            UtcOffsetMinutes = action.UtcOffsetMinutes,
        };
    }
}
