namespace Ecart.Events;

/// <summary>What became known about an event: a chargeback, or an analyst's verdict. A later one corrects an earlier one.</summary>
/// <param name="Domain">Domain of the event.</param>
/// <param name="EventUid">The event it speaks of.</param>
/// <param name="IsFraud">True: confirmed. False: a false positive, the event was normal.</param>
/// <param name="KnownAt">When it became known: UTC, whole microseconds, not before the event.</param>
/// <param name="Source">Who or what said it, at most 64 characters, for example <c>chargeback</c>.</param>
public sealed record Label(string Domain, string EventUid, bool IsFraud, DateTime KnownAt, string Source);
