using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>Spells evidence as JSON: the reasons of an event, the explanation of an alert, the message about it. Not thread-safe.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The JSON writer only owns the buffer, which needs no disposal.")]
internal sealed class ReasonsWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter json;

    public ReasonsWriter() => json = new Utf8JsonWriter(buffer, Options);

    /// <summary>Array of {type, score, detail}; NULL without evidence.</summary>
    public void WriteReasons(Verdict verdict, RowWriter row)
    {
        if (verdict.Evidence.IsEmpty)
        {
            row.Null();
            return;
        }

        Begin();
        Reasons(verdict);
        End(row);
    }

    /// <summary>{reason, features, threshold}.</summary>
    public void WriteExplanation(Verdict verdict, double threshold, RowWriter row)
    {
        Begin();
        json.WriteStartObject();
        json.WritePropertyName("reason");
        Reasons(verdict);
        json.WriteStartObject("features");
        foreach (ref readonly Evidence evidence in verdict.Evidence) Features(in evidence);
        json.WriteEndObject();
        json.WriteNumber("threshold", threshold);
        json.WriteEndObject();
        End(row);
    }

    /// <summary>The wire form of an alert.</summary>
    public void WriteMessage(in ScoredEvent scored, RowWriter row)
    {
        DomainEvent domainEvent = scored.Event;
        Begin();
        json.WriteStartObject();
        json.WriteString("event_uid", domainEvent.EventUid);
        json.WriteString("domain", domainEvent.Domain);
        json.WriteString("entity_type", domainEvent.PrimaryEntityType);
        json.WriteString("entity_id", domainEvent.PrimaryEntityId);
        json.WriteNumber("anomaly_score", scored.Verdict.Score);
        json.WriteString("severity", StoredNames.Of(scored.Verdict.Severity));
        json.WritePropertyName("reasons");
        Reasons(scored.Verdict);
        json.WriteString("timestamp", domainEvent.OccurredAt);
        json.WriteEndObject();
        End(row);
    }

    private void Begin()
    {
        buffer.ResetWrittenCount();
        json.Reset();
    }

    private void End(RowWriter row)
    {
        json.Flush();
        row.Utf8(buffer.WrittenSpan);
    }

    private void Reasons(Verdict verdict)
    {
        json.WriteStartArray();
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("type", evidence.Code);
            json.WriteNumber("score", Math.Round(evidence.Contribution, ScoreRule.Decimals, MidpointRounding.AwayFromZero));
            json.WriteString("detail", EvidenceText.Describe(in evidence));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Features(in Evidence evidence)
    {
        // Several rules can hold at once, and a key may stand once.
        json.WriteStartObject(evidence.Code == EvidenceCode.Rule ? $"{evidence.Code}:{evidence.Subject}" : evidence.Code);
        Finite("observed", evidence.Observed);
        Finite("expected", evidence.Expected);
        Finite("threshold", evidence.Threshold);
        Finite("significance", evidence.Significance);
        if (evidence.Subject is { } subject) json.WriteString("subject", subject);
        json.WriteEndObject();
    }

    private void Finite(string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
    }
}
