using Ecart.Scoring;

namespace Ecart.Rules;

/// <summary>The active rules of a domain, compiled, those that add most first. Immutable and safe to share between threads.</summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
public sealed class RuleSet<TContext>
    where TContext : allows ref struct
{
    private readonly (RuleExpression<TContext> Rule, Evidence Evidence)[] rules;

    /// <summary>Checks and compiles rules.</summary>
    /// <param name="options">All rules of the domain, inactive ones too.</param>
    /// <param name="fields">What they can ask.</param>
    /// <param name="path">Name of the setting, for messages.</param>
    /// <param name="windows">Windows that the engine needs anyway and which come first; those of the rules are added. Default none.</param>
    /// <exception cref="OptionsException">A rule is not valid; the message names the rule, and the place in its expression.</exception>
    public RuleSet(IReadOnlyList<RuleOptions> options, RuleFields<TContext> fields, string path, RuleWindowPlan? windows = null)
    {
        OptionsException.Require(options is not null, path, options, "a list of rules, which may be empty");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        RuleWindowPlan plan = windows ?? new RuleWindowPlan();
        var active = new List<(RuleExpression<TContext> Rule, Evidence Evidence)>();
        for (int i = 0; i < options!.Count; i++)
        {
            RuleExpression<TContext> rule = Read(options[i], $"{path}[{i}]", fields, names, plan);
            if (options[i].Active) active.Add((rule, EvidenceOf(options[i])));
        }

        // A verdict holds a bounded number of findings: what it cannot hold is then what matters least.
        Windows = plan.Windows;
        rules = [.. active.OrderByDescending(static rule => rule.Evidence.Contribution)];
    }

    /// <summary>The windows that the active rules ask for; by their position an engine gives their values.</summary>
    public IReadOnlyList<RuleWindow> Windows { get; }

    /// <summary>Number of active rules.</summary>
    public int Count => rules.Length;

    /// <summary>Adds the evidence of every rule that holds.</summary>
    public void Evaluate(in TContext context, Verdict verdict)
    {
        foreach ((RuleExpression<TContext> rule, Evidence evidence) in rules)
            if (rule.Matches(in context)) verdict.Add(in evidence);
    }

    /// <summary>What is wrong with rules, of each the first.</summary>
    internal static IEnumerable<OptionsException> Problems(IReadOnlyList<RuleOptions> options, RuleFields<TContext> fields, string path)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var plan = new RuleWindowPlan();
        for (int i = 0; i < options.Count; i++)
        {
            OptionsException? problem = null;
            try
            {
                Read(options[i], $"{path}[{i}]", fields, names, plan);
            }
            catch (OptionsException error)
            {
                problem = error;
            }

            if (problem is not null) yield return problem;
        }
    }

    private static RuleExpression<TContext> Read(RuleOptions? option, string path, RuleFields<TContext> fields, HashSet<string> names, RuleWindowPlan plan)
    {
        OptionsException.Require(option is not null, path, option, "a rule");
        option!.Validate(path);
        OptionsException.Require(names.Add(option.Name), path + ".name", option.Name, "a name that no other rule has");
        if (!fields.TryCompile(option.Expression, option.Active ? plan : new RuleWindowPlan(), out RuleExpression<TContext>? rule, out RuleError? error))
            throw new OptionsException(path + ".expression", error.Position, $"Setting '{path}.expression' of rule '{option.Name}' is no rule. {error}");
        return rule;
    }

    private static Evidence EvidenceOf(RuleOptions option) =>
        new(EvidenceCode.Rule, option.Contribution, double.NaN, double.NaN, double.NaN, double.NaN, option.Name);
}
