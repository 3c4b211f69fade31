using Ecart.Rules;

namespace Ecart.Tests.Rules;

/// <summary>A small domain to try the language on. As in a real one, what is known of an event lives on the stack.</summary>
internal ref struct Sample
{
    public double A;
    public double B;
    public string? S;
    public string? T;
    public bool? F;
    public bool? G;
    public DateTime Time;
    public double[]? W;

    public static RuleFields<Sample> Fields { get; } = new(
        "samples",
        new NumberField<Sample>("amount", "a number", static (in Sample sample) => sample.A),
        new NumberField<Sample>("hour", "a number", static (in Sample sample) => sample.B),
        new TextField<Sample>("city", "a text", static (in Sample sample) => sample.S),
        new TextField<Sample>("channel", "a text", static (in Sample sample) => sample.T, TextForm.OneOf("pos", "atm")),
        new ConditionField<Sample>("is_weekend", "a condition", static (in Sample sample) => sample.F),
        new ConditionField<Sample>("is_known", "a condition", static (in Sample sample) => sample.G))
    {
        LocalTime = static (in Sample sample) => sample.Time,
        Windows = new("city", ["city", "channel"], ["amount", "city", "is_weekend"], static (in Sample sample) => sample.W),
    };

    public static RuleExpression<Sample> Compile(string text, RuleWindowPlan? windows = null)
    {
        if (!Fields.TryCompile(text, windows, out RuleExpression<Sample>? rule, out RuleError? error))
            throw new ArgumentException($"{text} {error}", nameof(text));
        return rule;
    }

    public static string ErrorOf(string text) =>
        Fields.TryCompile(text, new RuleWindowPlan(), out _, out RuleError? error) ? "none" : error.ToString();
}
