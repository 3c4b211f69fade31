namespace Ecart.Rules.Compilation;

/// <summary>Calculates with numbers, of which NaN is null. A result that is not finite, as of a division by 0, is null.</summary>
internal static class ArithmeticCompiler
{
    public static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;

    /// <summary>From left to right, all of one precedence.</summary>
    public static RuleValue<TContext, double> Chain<TContext>(
        RuleValue<TContext, double> first, (char Operator, RuleValue<TContext, double> Operand)[] steps)
        where TContext : allows ref struct =>
        (in TContext context) =>
        {
            double result = first(in context);
            foreach ((char symbol, RuleValue<TContext, double> operand) in steps)
            {
                double value = operand(in context);
                result = Finite(symbol switch
                {
                    '+' => result + value,
                    '-' => result - value,
                    '*' => result * value,
                    _ => result / value,
                });
            }

            return result;
        };
}
