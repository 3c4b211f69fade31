using System.Globalization;
using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Simulator;

/// <summary>What the evaluation leaves: tables for people, rows in the committed results, one line of JSON.</summary>
internal static class SimulatorReport
{
    private static readonly string[] Header =
        ["scenario", "detector", "entities", "false_alarms_per_thousand", "detected", "delay", "delay_spread", "recovery"];

    /// <summary>One table a scenario.</summary>
    public static void Write(EvaluationConsole console, IReadOnlyList<ScenarioFigures> figures)
    {
        foreach (IGrouping<string, ScenarioFigures> scenario in figures.GroupBy(figure => figure.Scenario))
        {
            bool hasRecovery = scenario.Any(figure => figure.Recovery is not null);
            var table = new Table().Border(TableBorder.Ascii).Title($"simulator, {scenario.Key}");
            table.AddColumns("detector", "attacks found", "delay, vectors", "± of entities", "false alarms in 1,000");
            if (hasRecovery) table.AddColumn("recovery, vectors");
            foreach (ScenarioFigures figure in scenario)
            {
                string[] cells =
                [
                    figure.Detector, Text(figure.Detected, "P0"), Text(figure.Delay, "F1"), Text(figure.DelaySpread, "F1"), Text(figure.FalseAlarms, "F1"),
                ];
                table.AddRow(hasRecovery ? [.. cells, Text(figure.Recovery, "F0")] : cells);
            }

            console.Write(table);
        }
    }

    /// <summary>Puts the figures into the results under version control.</summary>
    public static void Keep(string path, int entities, IReadOnlyList<ScenarioFigures> figures)
    {
        var table = new ResultTable(path, Header, keyColumns: 3);
        foreach (ScenarioFigures figure in figures)
        {
            table.Put(
            [
                figure.Scenario, figure.Detector, $"{entities}", Text(figure.FalseAlarms, "F2"), Text(figure.Detected, "F3"), Text(figure.Delay, "F2"),
                Text(figure.DelaySpread, "F2"), Text(figure.Recovery, "F1"),
            ]);
        }
    }

    /// <summary>The last line: for each scenario and detector its delay, detected share and false alarms, and its recovery where there is a shift.</summary>
    public static SortedDictionary<string, double> Keys(IReadOnlyList<ScenarioFigures> figures)
    {
        var keys = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (ScenarioFigures figure in figures)
        {
            string name = $"{figure.Scenario}_{figure.Detector}";
            keys[name + "_delay"] = Math.Round(figure.Delay, 2);
            keys[name + "_detected"] = Math.Round(figure.Detected, 3);
            keys[name + "_false_alarms"] = Math.Round(figure.FalseAlarms, 2);
            if (figure.Recovery is { } recovery) keys[name + "_recovery"] = Math.Round(recovery, 1);
        }

        return keys;
    }

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
