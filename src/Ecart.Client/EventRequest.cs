namespace Ecart.Client;

/// <summary>An event in the wire form.</summary>
public sealed record EventRequest
{
    /// <summary>By it the event is recognised when it is sent again. At most 128 characters.</summary>
    public required string EventUid { get; init; }

    /// <summary>The domain; null for the one that the service serves.</summary>
    public string? Domain { get; init; }

    /// <summary>Who and what took part, by kind: <c>account</c>, <c>merchant</c>.</summary>
    public IDictionary<string, string> Entities { get; init; } = new Dictionary<string, string>();

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Its other fields by name: texts, numbers, true or false.</summary>
    public IDictionary<string, object?> Data { get; init; } = new Dictionary<string, object?>();
}
