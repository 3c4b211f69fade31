namespace Ecart.MariaDb.Delivery;

/// <summary>What became of an attempt.</summary>
/// <param name="Delivery">The message.</param>
/// <param name="State"><c>delivered</c>, <c>failed</c>, or <c>pending</c> when it is tried again.</param>
/// <param name="RetryIn">When it is tried again.</param>
/// <param name="Error">Why it is not delivered, without secrets; null when it is.</param>
/// <param name="Counts">Whether it counts as one of the attempts that a message has.</param>
public sealed record FinishedDelivery(ClaimedDelivery Delivery, string State, TimeSpan RetryIn, string? Error, bool Counts);
