using System.CommandLine;
using Ecart.Eval.Running;
using Ecart.Simulation;
using Spectre.Console;

namespace Ecart.Eval.UserSimulator;

/// <summary>The user_behavior domain on a simulated company with threats of known kinds.</summary>
internal sealed class UserSimulatorEvaluation : IEvaluation
{
    public const string Name = "user_simulator";

    private static readonly string[] Header = ["seed", "kind", "incidents", "found", "auc", "ap", "false_alarm_days_per_1000"];

    private readonly Option<ulong> seed = new("--seed") { Description = "Seed of the company", DefaultValueFactory = static _ => 1UL };

    private readonly Option<int> users = new("--users") { Description = "Users", DefaultValueFactory = static _ => 200 };

    private readonly Option<string?> results = new("--results")
    {
        Description = $"CSV file that takes the figures (default: eval/results/{Name}.csv in the repository)",
        HelpName = "FILE",
    };

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(Name, "A simulated company's users: stolen accounts, insiders, shared credentials, travel, password guessing") { seed, users, results };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        var options = new UserBehaviorSimulatorOptions { Seed = parsed.GetValue(seed), Users = parsed.GetValue(users) };
        UserSimulatorFigures figures = console.WithProgress($"{options.Users} users, {options.Days} days", progress => UserSimulatorRun.Run(options, progress));
        Write(console, options, figures);
        Keep(Path.GetFullPath(parsed.GetValue(results) ?? Path.Combine(RepositoryFolder.Path, "eval", "results", Name + ".csv")), options, figures);
        console.JsonLine(UserSimulatorResult.Of(options.Seed, figures));
        return 0;
    }

    private static void Write(EvaluationConsole console, UserBehaviorSimulatorOptions options, UserSimulatorFigures figures)
    {
        Table table = new Table().Border(TableBorder.Ascii)
            .Title($"user_simulator, seed {options.Seed}: {options.Users} users, {figures.Events} events, {figures.Threats} of threats");
        table.AddColumns("kind", "incidents", "flagged at least once", "AUC of the rank");
        foreach ((UserThreatKind kind, int incidents, int found, double auc) in figures.ByKind)
            table.AddRow(kind.ToString(), $"{incidents}", $"{found}", Text(auc));
        table.AddRow("all", "", "", Text(figures.Auc));
        table.AddRow($"false alarms: {figures.FalseAlarms} events, {figures.FalseAlarmDaysPerThousand:0.00} of 1,000 user days");
        console.Write(table);
    }

    private static void Keep(string path, UserBehaviorSimulatorOptions options, UserSimulatorFigures figures)
    {
        var table = new ResultTable(path, Header, keyColumns: 2);
        foreach ((UserThreatKind kind, int incidents, int found, double auc) in figures.ByKind)
            table.Put([$"{options.Seed}", kind.ToString(), $"{incidents}", $"{found}", Text(auc), "", ""]);
        table.Put([$"{options.Seed}", "all", "", "", Text(figures.Auc), Text(figures.AveragePrecision), Text(figures.FalseAlarmDaysPerThousand)]);
    }

    private static string Text(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.0000");
}
