namespace Ecart.Rules;

/// <summary>
/// A rule that was written as a text and compiled to a delegate. It can only read the fields of its domain: there is nothing in the
/// language that runs code, loops or reaches anything else. Evaluating it allocates nothing. Immutable and safe to share between threads.
/// </summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
public sealed class RuleExpression<TContext>
    where TContext : allows ref struct
{
    private readonly RuleValue<TContext, Truth> condition;

    internal RuleExpression(string text, RuleValue<TContext, Truth> condition)
    {
        Text = text;
        this.condition = condition;
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>True when the rule holds; false when it does not or when what is known does not tell.</summary>
    public bool Matches(in TContext context) => condition(in context) == Truth.True;
}
