using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>A durable label.</summary>
/// <param name="EventUid">The event that it speaks of.</param>
/// <param name="IsFraud">What it says.</param>
/// <param name="IsDuplicate">Whether the same was known before.</param>
internal sealed record LabelAnswer(string EventUid, bool IsFraud, bool IsDuplicate) : Answer(StatusCodes.Status200OK)
{
    public override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("event_uid", EventUid);
        json.WriteBoolean("is_fraud", IsFraud);
        json.WriteBoolean("duplicate", IsDuplicate);
    }
}
