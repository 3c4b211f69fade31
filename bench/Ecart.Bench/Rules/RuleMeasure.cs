using System.Diagnostics;
using Ecart.Domains.Transactions;
using Ecart.Rules;
using Ecart.Simulation;

namespace Ecart.Bench.Rules;

/// <summary>Evaluates one rule over many events, again and again.</summary>
internal static class RuleMeasure
{
    private const int Events = 1024;
    private const double RoundSeconds = 0.3;
    private const int PassesBetweenLooks = 20;

    private static readonly TransactionEvent[] Stream =
        [.. new TransactionSimulator(new() { Accounts = 100, Days = 10, QuietDays = 0 }).Generate().Select(simulated => simulated.Event).Take(Events)];

    private static readonly TransactionOptions Options = new();
    private static readonly double[] Windows = [7, 4, 4900, 2];

    public static RuleFigure Of(string expression, int rounds)
    {
        if (!TransactionRuleFields.All.TryCompile(expression, new RuleWindowPlan(), out RuleExpression<TransactionContext>? rule, out RuleError? error))
            throw new ArgumentException($"{expression}: {error}", nameof(expression));
        Round(rule);
        var speeds = new List<double>();
        double bytes = double.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            (double speed, double allocated) = Round(rule);
            speeds.Add(speed);
            bytes = Math.Min(bytes, allocated);
        }

        return new RuleFigure(expression, Median.Of(speeds), bytes);
    }

    private static (double Speed, double Bytes) Round(RuleExpression<TransactionContext> rule)
    {
        long evaluations = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < RoundSeconds)
        {
            for (int pass = 0; pass < PassesBetweenLooks; pass++) Pass(rule);
            evaluations += PassesBetweenLooks * Stream.Length;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (evaluations / seconds, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)evaluations);
    }

    private static int Pass(RuleExpression<TransactionContext> rule)
    {
        int matches = 0;
        foreach (TransactionEvent transaction in Stream)
        {
            var context = new TransactionContext
            {
                Event = transaction,
                Options = Options,
                LocalHour = transaction.OccurredAt.Hour,
                EarlierInWindow = 2,
                EarlierInDay = 3,
                AmountInDay = 70,
                MinutesSincePrevious = 5,
                Windows = Windows,
            };
            if (rule.Matches(in context)) matches++;
        }

        return matches;
    }
}
