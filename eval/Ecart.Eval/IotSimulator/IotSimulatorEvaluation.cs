using System.CommandLine;
using System.Globalization;
using Ecart.Eval.Running;
using Ecart.Simulation;
using Spectre.Console;

namespace Ecart.Eval.IotSimulator;

/// <summary>The iot domain on a simulated fleet: machines that wear out, healthy ones, and faults of sensors.</summary>
internal sealed class IotSimulatorEvaluation : IEvaluation
{
    public const string Name = "iot_simulator";

    private static readonly string[] Header = ["seed", "group", "failures", "announced", "median_lead", "coverage", "coverage_later", "median_ratio", "median_width", "false_weeks"];

    private readonly Option<ulong> seed = new("--seed") { Description = "Seed of the fleet", DefaultValueFactory = static _ => 1UL };

    private readonly Option<int> devices = new("--devices") { Description = "Devices that wear out, and as many healthy ones", DefaultValueFactory = static _ => 100 };

    private readonly Option<string?> results = new("--results")
    {
        Description = $"CSV file that takes the figures (default: eval/results/{Name}.csv in the repository)",
        HelpName = "FILE",
    };

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(Name, "A simulated fleet: machines that wear out, when their failure is announced, and false predictions on healthy ones") { seed, devices, results };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        int count = parsed.GetValue(devices);
        var options = new DeviceSimulatorOptions { Seed = parsed.GetValue(seed), Degrading = count, Healthy = count, Faulty = Math.Max(4, count / 5) };
        IotSimulatorFigures figures = console.WithProgress(
            $"{options.Degrading + options.Healthy + options.Faulty} devices, {options.Days} days", progress => IotSimulatorRun.Run(options, progress));
        Write(console, options, figures);
        Keep(Path.GetFullPath(parsed.GetValue(results) ?? Path.Combine(RepositoryFolder.Path, "eval", "results", Name + ".csv")), options, figures);
        console.JsonLine(IotSimulatorResult.Of(options.Seed, figures));
        return 0;
    }

    /// <summary>All failures, and each course of wear by itself.</summary>
    private static IEnumerable<(string Name, DegradationRun[] Runs)> Groups(IotSimulatorFigures figures)
    {
        yield return ("all", [.. figures.Runs]);
        foreach (IGrouping<double, DegradationRun> power in figures.Runs.GroupBy(run => run.Device.Power).OrderBy(group => group.Key))
            yield return ($"power {power.Key.ToString(CultureInfo.InvariantCulture)}", [.. power]);
    }

    private static void Write(EvaluationConsole console, DeviceSimulatorOptions options, IotSimulatorFigures figures)
    {
        Table table = new Table().Border(TableBorder.Ascii)
            .Title($"iot_simulator, seed {options.Seed}: {figures.Measurements:N0} measurements; {figures.Runs.Count} failures, {figures.Uncritical} worn devices that never were critical");
        table.AddColumns("course of wear", "failures", "announced", "median lead", "interval held", "half way", "predicted / true", "width / true");
        foreach ((string name, DegradationRun[] runs) in Groups(figures))
        {
            DegradationRun[] announced = [.. runs.Where(run => run.IsAnnounced)];
            table.AddRow(
                name,
                $"{runs.Length}",
                $"{announced.Length}",
                Text(IotSimulatorFigures.MedianOf(runs.Select(run => run.Lead))),
                Text(IotSimulatorFigures.ShareOf(announced, run => run.IsCovered)),
                Text(IotSimulatorFigures.ShareOf(runs.Where(run => run.IsCoveredLater is not null), run => run.IsCoveredLater!.Value)),
                Text(IotSimulatorFigures.MedianOf(announced.Select(run => run.Ratio))),
                Text(IotSimulatorFigures.MedianOf(announced.Select(run => run.Width))));
        }

        console.Write(table);
        Table others = new Table().Border(TableBorder.Ascii).AddColumns("what should not be told, and faults of sensors", "figure");
        others.AddRow("weeks of healthy devices with a predicted failure", $"{figures.FalseWeeks} of {figures.HealthyWeeks} ({figures.FalseShare:P2})");
        others.AddRow("flagged measurements in a week of a healthy device", Text(figures.AlertsPerWeek));
        foreach ((DeviceFaultKind kind, int count, int found) in figures.Faults) others.AddRow($"{kind}: devices on which it was told", $"{found} of {count}");
        console.Write(others);
    }

    private static void Keep(string path, DeviceSimulatorOptions options, IotSimulatorFigures figures)
    {
        var table = new ResultTable(path, Header, keyColumns: 2);
        foreach ((string name, DegradationRun[] runs) in Groups(figures))
        {
            DegradationRun[] announced = [.. runs.Where(run => run.IsAnnounced)];
            table.Put(
            [
                $"{options.Seed}",
                name,
                $"{runs.Length}",
                $"{announced.Length}",
                Text(IotSimulatorFigures.MedianOf(runs.Select(run => run.Lead))),
                Text(IotSimulatorFigures.ShareOf(announced, run => run.IsCovered)),
                Text(IotSimulatorFigures.ShareOf(runs.Where(run => run.IsCoveredLater is not null), run => run.IsCoveredLater!.Value)),
                Text(IotSimulatorFigures.MedianOf(announced.Select(run => run.Ratio))),
                Text(IotSimulatorFigures.MedianOf(announced.Select(run => run.Width))),
                name == "all" ? Text(figures.FalseShare) : "",
            ]);
        }
    }

    private static string Text(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.0000", CultureInfo.InvariantCulture);
}
