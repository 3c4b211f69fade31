namespace Ecart.Rules;

/// <summary>Reads one value from what a domain knows of an event. Must not change or allocate anything.</summary>
/// <typeparam name="TContext">What a domain knows when it scores an event.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public delegate TValue RuleValue<TContext, out TValue>(in TContext context)
    where TContext : allows ref struct;
