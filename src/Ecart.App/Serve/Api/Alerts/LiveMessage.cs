namespace Ecart.App.Serve.Api.Alerts;

/// <summary>One message of the stream of <c>/v1/live</c>.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Json">What it says, on one line.</param>
/// <param name="Position">After which the stream goes on for whoever heard it; null: as before.</param>
internal sealed record LiveMessage(string Kind, string Json, string? Position);
