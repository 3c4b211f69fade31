namespace Ecart.Alerting.Targets;

/// <summary>What became of an attempt, and what the target answered.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Answer">What the target said, or why there is no answer; for people, without secrets, one line.</param>
/// <param name="RetryAfter">How long the target asks to be left alone; null when it does not say.</param>
public sealed record DeliveryOutcome(DeliveryResult Result, string Answer, TimeSpan? RetryAfter = null);
