namespace Ecart.Client;

/// <summary>A label that is stored.</summary>
/// <param name="EventUid">The event.</param>
/// <param name="IsFraud">What it says.</param>
/// <param name="Duplicate">Whether the same was known before.</param>
public sealed record LabelAnswer(string EventUid, bool IsFraud, bool Duplicate);
