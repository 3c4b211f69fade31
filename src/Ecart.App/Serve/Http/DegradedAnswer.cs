using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>A decision by policy, because no verdict came in time. The event is in the pipeline and goes its way.</summary>
/// <param name="EventUid">The event.</param>
/// <param name="Decision">By policy.</param>
/// <param name="Cause"><c>budget_spent</c> or <c>store_away</c>.</param>
internal sealed record DegradedAnswer(string EventUid, Decision Decision, string Cause) : Answer(StatusCodes.Status200OK)
{
    public override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("event_uid", EventUid);
        json.WriteString("decision", Names.Of(Decision));
        json.WriteBoolean("degraded", true);
        json.WriteString("cause", Cause);
    }
}
