namespace Ecart.Rules;

/// <summary>Something that rules of a domain can ask of an event.</summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
/// <param name="Name">Lower-case letters, digits and underscores, beginning with a letter; no word of the language.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Description">Meaning, unit and range in one phrase, and when it is null.</param>
public abstract record RuleField<TContext>(string Name, RuleType Type, string Description)
    where TContext : allows ref struct;
