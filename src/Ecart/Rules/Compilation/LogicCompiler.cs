namespace Ecart.Rules.Compilation;

/// <summary>Joins conditions by three-valued logic.</summary>
internal static class LogicCompiler
{
    public static RuleValue<TContext, Truth> Not<TContext>(RuleValue<TContext, Truth> condition)
        where TContext : allows ref struct =>
        (in TContext context) => TruthOf.Not(condition(in context));

    /// <summary>"And" is the least of its parts, "or" the greatest; neither asks further once that is certain.</summary>
    public static RuleValue<TContext, Truth> Join<TContext>(bool isAnd, RuleValue<TContext, Truth>[] parts)
        where TContext : allows ref struct
    {
        return isAnd ? And : Or;

        Truth And(in TContext context)
        {
            Truth least = Truth.True;
            foreach (RuleValue<TContext, Truth> part in parts)
            {
                Truth truth = part(in context);
                if (truth == Truth.False) return truth;
                if (truth < least) least = truth;
            }

            return least;
        }

        Truth Or(in TContext context)
        {
            Truth greatest = Truth.False;
            foreach (RuleValue<TContext, Truth> part in parts)
            {
                Truth truth = part(in context);
                if (truth == Truth.True) return truth;
                if (truth > greatest) greatest = truth;
            }

            return greatest;
        }
    }
}
