namespace Ecart.Rules;

/// <summary>What a domain lets windows look at: its engine keeps the events that <see cref="RuleSet{TContext}.Windows"/> asks for and gives their values.</summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
/// <param name="Primary">Field of the entity whose events a window means when it names none.</param>
/// <param name="Entities">Fields that name entities, the primary one among them. All are texts.</param>
/// <param name="Fields">Fields whose values may be kept: those of the event alone, readable without anything known of its entity.</param>
/// <param name="Values">The values of the windows for the event being scored, by position; null where none are kept.</param>
public sealed record RuleWindowSource<TContext>(
    string Primary, IReadOnlyList<string> Entities, IReadOnlyList<string> Fields, RuleValue<TContext, double[]?> Values)
    where TContext : allows ref struct;
