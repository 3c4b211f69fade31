namespace Ecart.Rules;

/// <summary>A field of numbers.</summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
/// <param name="Name">See <see cref="RuleField{TContext}"/>.</param>
/// <param name="Description">See <see cref="RuleField{TContext}"/>.</param>
/// <param name="Read">Gives the number; NaN or infinity is null.</param>
public sealed record NumberField<TContext>(string Name, string Description, RuleValue<TContext, double> Read)
    : RuleField<TContext>(Name, RuleType.Number, Description)
    where TContext : allows ref struct;
