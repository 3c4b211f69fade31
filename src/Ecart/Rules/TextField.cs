namespace Ecart.Rules;

/// <summary>A field of texts.</summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
/// <param name="Name">See <see cref="RuleField{TContext}"/>.</param>
/// <param name="Description">See <see cref="RuleField{TContext}"/>.</param>
/// <param name="Read">Gives the text or null.</param>
/// <param name="Form">Which texts can occur, so that a comparison that never holds is an error; null for any.</param>
public sealed record TextField<TContext>(string Name, string Description, RuleValue<TContext, string?> Read, TextForm? Form = null)
    : RuleField<TContext>(Name, RuleType.Text, Description)
    where TContext : allows ref struct;
