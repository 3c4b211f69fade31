using System.Diagnostics.CodeAnalysis;
using Ecart.Events.Decoding;
using Ecart.Rules.Compilation;
using Ecart.Rules.Syntax;

namespace Ecart.Rules;

/// <summary>The fields that rules of one domain can use. Immutable and safe to share between threads.</summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
public sealed class RuleFields<TContext>
    where TContext : allows ref struct
{
    private readonly Dictionary<string, RuleField<TContext>> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the fields of a domain.</summary>
    /// <exception cref="ArgumentException">A name is not as <see cref="RuleField{TContext}"/> says, or is there twice.</exception>
    public RuleFields(string domain, params IReadOnlyList<RuleField<TContext>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Domain = domain;
        All = fields;
        foreach (RuleField<TContext> field in fields)
        {
            if (!IsName(field.Name))
                throw new ArgumentException($"'{field.Name}' cannot name a field of rules.", nameof(fields));
            if (!byName.TryAdd(field.Name, field))
                throw new ArgumentException($"Two fields of rules are named '{field.Name}'.", nameof(fields));
        }
    }

    /// <summary>Name of the domain.</summary>
    public string Domain { get; }

    /// <summary>All fields, in the order in which they are told.</summary>
    public IReadOnlyList<RuleField<TContext>> All { get; }

    /// <summary>The event's local time, which functions of time ask; null where the domain has none. Default null.</summary>
    public RuleValue<TContext, DateTime>? LocalTime { get; init; }

    /// <summary>What windows can look at; null where the domain keeps none. Default null.</summary>
    public RuleWindowSource<TContext>? Windows { get; init; }

    /// <summary>Compiles an expression that must not ask for windows, as that of an exception, which may come and go at any time.</summary>
    /// <param name="text">The expression, at most <see cref="RuleLimits.MaximumLength"/> characters.</param>
    /// <param name="rule">The rule, or null.</param>
    /// <param name="error">What is wrong, or null.</param>
    /// <returns>False when the text is not a rule over these fields.</returns>
    public bool TryCompile(
        string text, [NotNullWhen(true)] out RuleExpression<TContext>? rule, [NotNullWhen(false)] out RuleError? error) =>
        TryCompile(text, null, out rule, out error);

    /// <summary>Compiles an expression of at most <see cref="RuleLimits.MaximumLength"/> characters.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="windows">Takes the windows that the expression asks for; null where it must not ask for any.</param>
    /// <param name="rule">The rule, or null.</param>
    /// <param name="error">What is wrong, or null.</param>
    /// <returns>False when the text is not a rule over these fields.</returns>
    public bool TryCompile(
        string text, RuleWindowPlan? windows, [NotNullWhen(true)] out RuleExpression<TContext>? rule, [NotNullWhen(false)] out RuleError? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        rule = null;
        if (!RuleParser.TryParse(text, out RuleNode? node, out error)) return false;
        try
        {
            rule = new RuleExpression<TContext>(text, new RuleCompiler<TContext>(this, windows).Condition(node));
            return true;
        }
        catch (RuleTypeException mistake)
        {
            error = mistake.Error;
            return false;
        }
    }

    internal bool TryFind(string name, [NotNullWhen(true)] out RuleField<TContext>? field) => byName.TryGetValue(name, out field);

    internal string Suggest(string name) => NameSuggestion.For(name, byName.Keys);

    private static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0]) && !RuleWords.IsReserved(name)
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
