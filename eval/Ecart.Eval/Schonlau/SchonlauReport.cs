using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Schonlau;

/// <summary>What a run leaves: a table, rows in the results under version control, scores for those who want to look further.</summary>
internal static class SchonlauReport
{
    private static readonly string[] Header = ["users", "detector", "blocks", "masquerades", "auc", "mean_user_auc", "found_at_1pc", "found_at_5pc"];

    public static void Write(EvaluationConsole console, IReadOnlyList<(string Name, SchonlauFigures Figures)> runs)
    {
        SchonlauFigures first = runs[0].Figures;
        Table table = new Table().Border(TableBorder.Ascii)
            .Title($"schonlau, {first.Users} users, {first.Tests} blocks of {SchonlauUser.BlockLength} commands, {first.Masquerades} of somebody else");
        table.AddColumns("detector", "AUC", "mean of the users' AUC", "found at 1 % false", "found at 5 % false");
        foreach ((string name, SchonlauFigures figures) in runs)
            table.AddRow(name, Text(figures.Auc), Text(figures.MeanUserAuc), Text(figures.Found(0.01)), Text(figures.Found(0.05)));
        table.AddRow("reference of the data set, 50 users: naive Bayes", "0.950");
        table.AddRow("the same with self-update", "0.970");
        console.Write(table);
    }

    public static void Keep(string path, IReadOnlyList<(string Name, SchonlauFigures Figures)> runs)
    {
        var table = new ResultTable(path, Header, keyColumns: 2);
        foreach ((string name, SchonlauFigures figures) in runs)
        {
            table.Put(
            [
                $"{figures.Users}", name, $"{figures.Tests}", $"{figures.Masquerades}", Text(figures.Auc), Text(figures.MeanUserAuc),
                Text(figures.Found(0.01)), Text(figures.Found(0.05)),
            ]);
        }
    }

    public static void WriteScores(string folder, SchonlauFigures figures)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(
            Path.Combine(folder, SchonlauEvaluation.Name + ".csv"),
            ["user,block,score,masquerade", .. figures.Blocks.Select(block => $"{block.User.Id},{block.Block},{block.Scored.Score:R},{(block.Scored.IsPositive ? 1 : 0)}")]);
    }

    private static string Text(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.0000");
}
