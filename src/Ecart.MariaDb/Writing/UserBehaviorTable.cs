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
    private readonly ReasonsWriter reasons = new();
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
    public string ScoreColumn => "score";

    /// <inheritdoc/>
    public string FlagColumn => "is_anomaly";

    /// <inheritdoc/>
    public string LabelColumn => "is_confirmed_anomaly";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "lane", "seq", "domain", "event_uid", "occurred_at", "entity_type", "entity_id", "event_type", "data", "source_ip", "user_agent", "embedding",
        "embedding_version", "layout_embedding", "score", "rank_score", "distance_to_profile", "surprise", "learned_distance", "learned_value", "reasons",
        "is_anomaly", "severity", "is_late", "is_learned", "suppressed_by", "configuration_version",
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> ReadColumns { get; } =
    [
        "t.lane", "t.seq", "t.event_uid", "t.occurred_at", "t.entity_id", "t.event_type", "t.data", "t.source_ip", "t.user_agent", "t.embedding",
        "t.embedding_version", "t.layout_embedding", "t.distance_to_profile", "t.surprise", "t.learned_distance", "t.learned_value", "t.is_late",
        "t.is_learned", "t.configuration_version",
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
        WriteVerdict(scored.Verdict, row);
        row.EndRow();
    }

    /// <inheritdoc/>
    public ScoredEvent ReadRow(MySqlDataReader row, Verdict verdict)
    {
        verdict.Clear();
        VectorColumn.Read(row, 9).CopyTo(verdict.Embedding);
        verdict.EmbeddingVersion = row.GetInt32(10);
        if (!row.IsDBNull(11)) VectorColumn.Read(row, 11).CopyTo(verdict.UseLayout());
        verdict.DistanceToProfile = Number(row, 12);
        verdict.Surprise = row.IsDBNull(13) ? 0 : row.GetDouble(13);
        verdict.LearnedDistance = Number(row, 14);
        verdict.LearnedValue = Number(row, 15);
        verdict.IsLate = row.GetBoolean(16);
        verdict.IsLearned = row.GetBoolean(17);
        verdict.ConfigurationVersion = row.GetInt32(18);
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

    private void WriteVerdict(Verdict verdict, RowWriter row)
    {
        row.Vector(verdict.Embedding);
        row.Number(verdict.EmbeddingVersion);
        if (verdict.HasLayout) row.Vector(verdict.Layout);
        else row.Null();
        row.NumberOrNull(verdict.Score);
        row.NumberOrNull(verdict.RankScore);
        row.NumberOrNull(verdict.DistanceToProfile);
        row.Number(verdict.Surprise);
        row.NumberOrNull(verdict.LearnedDistance);
        row.NumberOrNull(verdict.LearnedValue);
        reasons.WriteReasons(verdict, row);
        row.Boolean(verdict.IsAnomaly);
        row.Text(StoredNames.Of(verdict.Severity));
        row.Boolean(verdict.IsLate);
        row.Boolean(verdict.IsLearned);
        if (verdict.SuppressedBy == 0) row.Null();
        else row.Number(verdict.SuppressedBy);
        row.Number(verdict.ConfigurationVersion);
    }

    private string? Share(string? text) => text is null ? null : texts.Share(text);

    private static double Number(MySqlDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

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
