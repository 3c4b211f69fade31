using System.Text.Json;

namespace Ecart.Client;

/// <summary>Something that the service tells of as it happens.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">Where the stream can be taken up after it; null when it does not say.</param>
/// <param name="Data">What it tells.</param>
public sealed record ServerEvent(string Type, string? Id, JsonElement Data);
