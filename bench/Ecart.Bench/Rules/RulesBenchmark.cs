using System.CommandLine;
using System.Text.Json;

namespace Ecart.Bench.Rules;

/// <summary>How many rules one core evaluates a second, by kind of rule, and what that allocates.</summary>
internal sealed class RulesBenchmark : IBenchmark
{
    private const int DefaultRounds = 5;

    public Command MakeCommand()
    {
        var rounds = new Option<int?>("--rounds") { Description = $"rounds of which the median counts; default {DefaultRounds}" };
        BoundedOption.Require(rounds, 1, 1000);
        var command = new Command("rules", "Evaluations of compiled rules a second, one core, and bytes allocated.") { rounds };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(arguments.GetValue(rounds) ?? DefaultRounds, cancellationToken)));
        return command;
    }

    private static int Run(int rounds, CancellationToken cancellationToken)
    {
        var progress = new ErrorStreamProgress();
        var figures = new List<RuleFigure>();
        foreach (string expression in RuleExamples.All)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Console.Error.WriteLine("bench: stopped; a part of a run says nothing.");
                return 130;
            }

            RuleFigure figure = RuleMeasure.Of(expression, rounds);
            progress.Report($"  {figure.EvaluationsPerSecond / 1e6:0.0} M/s  {expression}");
            figures.Add(figure);
        }

        ReportTable.Write(
            $"Rules over transactions, one core, median of {rounds} rounds",
            ["rule", "million evaluations/s", "ns", "bytes/evaluation"],
            figures.Select(figure => new[]
            {
                figure.Expression, $"{figure.EvaluationsPerSecond / 1e6:0.0}", $"{1e9 / figure.EvaluationsPerSecond:0}", $"{figure.BytesPerEvaluation:0.###}",
            }));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            bench = "rules",
            // Each rule is evaluated as often as the others: the mean of the times counts, not of the speeds.
            evaluations_per_second = Math.Round(figures.Count / figures.Sum(figure => 1 / figure.EvaluationsPerSecond)),
            slowest_evaluations_per_second = Math.Round(figures.Min(figure => figure.EvaluationsPerSecond)),
            bytes_per_evaluation = Math.Round(figures.Max(figure => figure.BytesPerEvaluation), 6),
            rules = figures.Count,
        }));
        return 0;
    }
}
