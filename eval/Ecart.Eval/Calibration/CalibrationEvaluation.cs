using System.CommandLine;
using System.Globalization;
using Ecart.Calibration;
using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Calibration;

/// <summary>A simulated month of verdicts, the default calibration proposal, and what it does to the alerts of the month that follows.</summary>
internal sealed class CalibrationEvaluation : IEvaluation
{
    public const string Name = "calibration";

    private static readonly string[] Header =
        ["domain", "seed", "decided_true", "decided_false", "proposed", "true_before", "false_before", "true_after", "false_after", "true_kept", "false_kept"];

    private readonly Option<int> seeds = new("--seeds") { Description = "Seeds, from 1 on", DefaultValueFactory = static _ => 5 };

    private readonly Option<double> scale = new("--scale") { Description = "Size: 1 is 1,000 accounts and 200 users", DefaultValueFactory = static _ => 1 };

    private readonly Option<string?> results = new("--results")
    {
        Description = $"CSV file that takes the figures (default: eval/results/{Name}.csv in the repository)",
        HelpName = "FILE",
    };

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(Name, "Alerts of the month after calibration by a simulated month of decisions: transactions and user_behavior") { seeds, scale, results };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        var path = Path.GetFullPath(parsed.GetValue(results) ?? Path.Combine(RepositoryFolder.Path, "eval", "results", Name + ".csv"));
        var runs = new List<CalibrationFigures>();
        foreach (Func<ulong, double, SimulatedMonths> make in (Func<ulong, double, SimulatedMonths>[])[SimulatedMonths.Transactions, SimulatedMonths.UserBehavior])
        {
            for (ulong seed = 1; seed <= (ulong)parsed.GetValue(seeds); seed++)
            {
                ulong of = seed;
                SimulatedMonths months = make(of, parsed.GetValue(scale));
                CalibrationFigures figures = console.WithProgress(
                    $"{months.Domain}, seed {of}", progress => CalibrationRun.Run(months, of, CalibrationTarget.Default, progress));
                runs.Add(figures);
                Keep(path, figures);
            }
        }

        Write(console, runs);
        console.JsonLine(CalibrationResult.Of(runs));
        return 0;
    }

    private static void Write(EvaluationConsole console, IReadOnlyList<CalibrationFigures> runs)
    {
        Table table = new Table().Border(TableBorder.Ascii).Title("calibration: alerts of the month after the decided one, as it was and by the proposal");
        table.AddColumns("domain", "seed", "decided true/false", "true alerts", "false alerts", "true kept", "false kept");
        foreach (CalibrationFigures run in runs)
        {
            table.AddRow(
                run.Domain,
                $"{run.Seed}",
                $"{run.Proposal.Basis.True}/{run.Proposal.Basis.False}{(run.Proposal.Refusal is { } refusal ? " " + refusal : "")}",
                $"{run.TrueBefore} -> {run.TrueAfter}",
                $"{run.FalseBefore} -> {run.FalseAfter}",
                Text(run.TrueKept),
                Text(run.FalseKept));
        }

        foreach (IGrouping<string, CalibrationFigures> domain in runs.GroupBy(run => run.Domain))
            table.AddRow(domain.Key, "mean ± std", "", "", "", Spread([.. domain.Select(run => run.TrueKept)]), Spread([.. domain.Select(run => run.FalseKept)]));
        console.Write(table);
    }

    private static void Keep(string path, CalibrationFigures run) => new ResultTable(path, Header, keyColumns: 2).Put(
    [
        run.Domain, Whole(run.Seed), Whole(run.Proposal.Basis.True), Whole(run.Proposal.Basis.False), run.Proposal.Refusal?.ToString() ?? "yes",
        Whole(run.TrueBefore), Whole(run.FalseBefore), Whole(run.TrueAfter), Whole(run.FalseAfter), Text(run.TrueKept), Text(run.FalseKept),
    ]);

    private static string Spread(double[] shares)
    {
        double mean = shares.Average();
        double std = shares.Length < 2 ? 0 : Math.Sqrt(shares.Sum(share => Math.Pow(share - mean, 2)) / (shares.Length - 1));
        return $"{Text(mean)} ± {Text(std)}";
    }

    private static string Whole(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(double figure) => figure.ToString("0.0000", CultureInfo.InvariantCulture);
}
