using System.Text.Json;

namespace Ecart.App.Tests.Serve.Alerts;

/// <summary>One server-sent event.</summary>
internal sealed record LiveEvent(string? Id, string Kind, JsonElement Json);
