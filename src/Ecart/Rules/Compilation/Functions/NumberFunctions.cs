using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Functions of numbers, of which NaN is null.</summary>
internal static class NumberFunctions<TContext>
    where TContext : allows ref struct
{
    public static RuleValue<TContext, double> Number(string name, CallNode call, RuleCompiler<TContext> parts)
    {
        RuleValue<TContext, double>[] operands = [.. call.Arguments.Select(parts.Number)];
        RuleValue<TContext, double> first = operands[0];
        return name switch
        {
            "abs" => (in TContext context) => Math.Abs(first(in context)),
            "floor" => (in TContext context) => Math.Floor(first(in context)),
            "ln" => (in TContext context) => ArithmeticCompiler.Finite(Math.Log(first(in context))),
            "coalesce" => (in TContext context) => Known(operands, in context),
            _ => (in TContext context) => Extreme(operands, isLeast: name == "min", in context),
        };
    }

    private static double Known(RuleValue<TContext, double>[] operands, in TContext context)
    {
        foreach (RuleValue<TContext, double> operand in operands)
        {
            double value = operand(in context);
            if (!double.IsNaN(value)) return value;
        }

        return double.NaN;
    }

    private static double Extreme(RuleValue<TContext, double>[] operands, bool isLeast, in TContext context)
    {
        double best = operands[0](in context);
        for (int i = 1; i < operands.Length; i++)
            best = isLeast ? Math.Min(best, operands[i](in context)) : Math.Max(best, operands[i](in context));
        return best;
    }
}
