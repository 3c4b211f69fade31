using System.CommandLine;
using System.Globalization;
using Ecart.Eval.Plants;
using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Skab;

/// <summary>
/// The Skoltech Anomaly Benchmark: a water pump's eight sensors while a person closes valves or breaks things. I. Katser, V. Kozitsin, 2020.
/// </summary>
internal sealed class SkabEvaluation : IEvaluation
{
    private readonly Option<string?> data = FolderOption.Data(
        "Folder of the data sets, or the set's own; every file below it with a column 'anomaly' is used");

    private readonly Option<string?> scoresOut = FolderOption.ScoresOut("the scores of every file");

    private readonly ResultsOption results = new(SkabRun.SetName);

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(SkabRun.SetName, "Sensors of a real water pump: 400 rows to learn from, then alarms, without labels") { data, scoresOut, results };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        string folder = DataFolder.Find(parsed.GetValue(data), SkabRun.SetName, place => SkabRun.FilesIn(place).Count > 0);
        IReadOnlyList<string> files = SkabRun.FilesIn(folder);
        if (files.Count == 0) throw new EvaluationException($"No CSV file below {folder} has a column 'anomaly': give the folder of the experiments by --data.");
        List<SkabFigures> experiments = console.WithProgress("experiments", progress => Measure(files, parsed.GetValue(scoresOut), console, progress));
        if (experiments.Count == 0) throw new EvaluationException($"No file below {folder} has more than the {SkabRun.TrainingRows} rows to learn from.");
        IGrouping<string, SkabFigures>[] groups = [.. experiments.GroupBy(figures => figures.Group)];
        AlarmCounts pooled = Pool(experiments);
        var store = new ResultTable(results.PathOf(parsed), ["group", "files", "rows", "f1", "far", "mar"], 1);
        foreach (IGrouping<string, SkabFigures> group in groups) store.Put(RowOf(group.Key, [.. group]));
        if (groups.Length > 1) store.Put(RowOf(string.Join('+', groups.Select(group => group.Key)), experiments));
        WriteTable(console, experiments, groups);
        console.JsonLine(new SkabResult(
            SkabRun.SetName, experiments.Count, pooled.Rows, Round(pooled.F1), Round(pooled.FalseAlarmRate), Round(pooled.MissingAlarmRate)));
        return 0;
    }

    private static List<SkabFigures> Measure(IReadOnlyList<string> files, string? scores, EvaluationConsole console, Action<double> progress)
    {
        var experiments = new List<SkabFigures>();
        for (int i = 0; i < files.Count; i++)
        {
            progress((double)i / files.Count);
            if (SkabRun.Measure(files[i], scores) is { } figures) experiments.Add(figures);
            else console.Notice($"{files[i]} is left out: it has no row after the {SkabRun.TrainingRows} to learn from.");
        }

        return experiments;
    }

    private static AlarmCounts Pool(IEnumerable<SkabFigures> experiments) =>
        experiments.Aggregate(default(AlarmCounts), (sum, figures) => sum + figures.Counts);

    private static string[] RowOf(string name, List<SkabFigures> experiments)
    {
        AlarmCounts counts = Pool(experiments);
        return [name, Text(experiments.Count), Text(counts.Rows), Share(counts.F1), Share(counts.FalseAlarmRate), Share(counts.MissingAlarmRate)];
    }

    private static void WriteTable(EvaluationConsole console, IEnumerable<SkabFigures> experiments, IGrouping<string, SkabFigures>[] groups)
    {
        Table table = new Table().Title("skab: pooled over rows; published over all groups: Conv-AE F1 0.78, FAR 13.6 %, MAR 28.0 %")
            .AddColumns("group", "file", "threshold", "rows", "F1", "FAR %", "MAR %");
        foreach (SkabFigures figures in experiments)
            AddRow(table, figures.Group, figures.Name, figures.Threshold.ToString("F2", CultureInfo.InvariantCulture), figures.Counts);
        foreach (IGrouping<string, SkabFigures> group in groups) AddRow(table, group.Key, "all", "", Pool(group));
        if (groups.Length > 1) AddRow(table, "all", "all", "", Pool(groups.SelectMany(group => group)));
        console.Write(table);
    }

    private static void AddRow(Table table, string group, string file, string threshold, AlarmCounts counts) => table.AddRow(
        Markup.Escape(group), Markup.Escape(file), threshold, Text(counts.Rows), Share(counts.F1), Percent(counts.FalseAlarmRate), Percent(counts.MissingAlarmRate));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Percent(double value) => (100 * value).ToString("F1", CultureInfo.InvariantCulture);

    private static double Round(double value) => Math.Round(value, 4);
}
