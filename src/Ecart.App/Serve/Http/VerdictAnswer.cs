using System.Text.Json;
using Ecart.MariaDb.Reading;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>The verdict of a durable event.</summary>
internal sealed record VerdictAnswer(StoredVerdict Verdict, Decision Decision, bool IsDuplicate) : Answer(StatusCodes.Status200OK)
{
    public override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("event_uid", Verdict.EventUid);
        json.WriteBoolean("duplicate", IsDuplicate);
        WriteNumber(json, "score", Verdict.Score);
        WriteNumber(json, "rank_score", Verdict.RankScore);
        json.WriteBoolean("is_anomaly", Verdict.IsAnomaly);
        json.WriteString("severity", Names.Of(Verdict.Severity));
        json.WriteStartArray("reasons");
        foreach (VerdictReason reason in Verdict.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("type", reason.Type);
            json.WriteNumber("score", reason.Score);
            json.WriteString("detail", reason.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("decision", Names.Of(Decision));
        json.WriteBoolean("degraded", false);
        json.WriteBoolean("late", Verdict.IsLate);
        WriteNumber(json, "suppressed_by", Verdict.SuppressedBy);
        json.WriteStartObject("versions");
        json.WriteNumber("configuration", Verdict.ConfigurationVersion);
        json.WriteNumber("embedding", Verdict.EmbeddingVersion);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
