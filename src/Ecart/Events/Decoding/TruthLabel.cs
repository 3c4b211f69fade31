namespace Ecart.Events.Decoding;

/// <summary>What a record itself says about the truth of its event. Never an input of a score.</summary>
/// <param name="IsFraud">True when the event was fraud.</param>
/// <param name="Kind">Kind of fraud as the producer names it, at most 64 characters, or null.</param>
/// <param name="KnownAt">When it became known: UTC, whole microseconds, not before the event; null when the record does not say.</param>
public readonly record struct TruthLabel(bool IsFraud, string? Kind, DateTime? KnownAt);
