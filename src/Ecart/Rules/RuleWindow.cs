namespace Ecart.Rules;

/// <summary>
/// A question to the earlier events of an entity: those later than the event's own time less <paramref name="Length"/>, up to that time. The event that is scored is
/// not among them.
/// </summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Entity">Field that names the entity whose events are meant, for example <c>account</c>.</param>
/// <param name="Field">Field whose values are looked at; null for <see cref="RuleWindowKind.Count"/>.</param>
/// <param name="Length">How far it looks back, up to <see cref="RuleLimits.MaximumWindowDays"/>.</param>
public sealed record RuleWindow(RuleWindowKind Kind, string Entity, string? Field, TimeSpan Length);
