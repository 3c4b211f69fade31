namespace Ecart.Rules;

/// <summary>A field that is true, false or null.</summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
/// <param name="Name">See <see cref="RuleField{TContext}"/>.</param>
/// <param name="Description">See <see cref="RuleField{TContext}"/>.</param>
/// <param name="Read">Gives the truth; null when unknown.</param>
public sealed record ConditionField<TContext>(string Name, string Description, RuleValue<TContext, bool?> Read)
    : RuleField<TContext>(Name, RuleType.Condition, Description)
    where TContext : allows ref struct;
