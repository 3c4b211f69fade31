using System.Text.Json;
using Ecart.Eval.Odds;
using Ecart.Eval.Running;
using Xunit;

namespace Ecart.Eval.Tests.Odds;

public sealed class OddsTests
{
    [Fact]
    public void Run_TwoSets_PrintsFiguresOfEachAndJson()
    {
        using var files = new OddsFolder();

        (int code, string output, string errors) = Run("--data", files.Folder, "--results", files.PathOf("out/odds.csv"), "--detectors", "ensemble,knn,lof", "--seeds", "2");

        Assert.Equal((0, ""), (code, errors));
        JsonElement line = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(2, line.GetProperty("sets").GetInt32());
        Assert.InRange(line.GetProperty("auc").GetDouble(), 0.9, 1);
        Assert.InRange(line.GetProperty("knn").GetDouble(), 0.8, 1);
        string[] kept = File.ReadAllLines(files.PathOf("out/odds.csv"));
        Assert.Equal(1 + (2 * 3), kept.Length);
        Assert.Contains(kept, row => row.StartsWith("first,knn,", StringComparison.Ordinal) && row.EndsWith(",0.9000,0.7000", StringComparison.Ordinal));
        Assert.Contains(kept, row => row.StartsWith("second,knn,", StringComparison.Ordinal) && row.EndsWith(",,", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Twice_LeavesSameResultsAndScores()
    {
        using var files = new OddsFolder();
        string[] arguments =
            ["--data", files.Folder, "--results", files.PathOf("out/odds.csv"), "--scores-out", files.PathOf("scores"), "--detectors", "ensemble,isolation_forest", "--seeds", "2"];

        (_, string first, _) = Run(arguments);
        string kept = File.ReadAllText(files.PathOf("out/odds.csv"));
        string[] scores = File.ReadAllLines(files.PathOf("scores/first-1-ensemble.csv"));
        (_, string second, _) = Run(arguments);

        Assert.Equal(first, second);
        Assert.Equal(kept, File.ReadAllText(files.PathOf("out/odds.csv")));
        Assert.Equal(scores, File.ReadAllLines(files.PathOf("scores/first-1-ensemble.csv")));
        Assert.Equal(1 + 48, scores.Length);
    }

    [Fact]
    public void Of_SplitWithoutFigure_IsLeftOut()
    {
        OddsFigures figures = OddsFigures.Of("set", "knn", [[(0.8, 0.5), (double.NaN, double.NaN), (0.6, 0.1)]]);

        Assert.Equal(0.7, figures.Auc, 12);
        Assert.Equal(0.3, figures.PrecisionAtN, 12);
        Assert.True(double.IsNaN(OddsFigures.Of("set", "knn", [[(double.NaN, double.NaN)]]).Auc));
    }

    [Fact]
    public void Split_OfSet_HasTrainingPartOnScale()
    {
        using var files = new OddsFolder();
        OddsSet set = OddsFiles.Read(files.Folder)[0];

        OddsSplit split = set.Split(0);

        Assert.Equal((72, 48, 48), (split.Training.Rows, split.Test.Rows, split.IsOutlier.Length));
        for (int column = 0; column < 4; column++)
        {
            double[] values = [.. Enumerable.Range(0, 72).Select(row => (double)split.Training.Row(row)[column])];
            Assert.Equal(0, values.Average(), 1e-5);
            Assert.Equal(1, values.Average(value => value * value), 1e-5);
        }
    }

    [Theory]
    [InlineData("first.csv", "x0,label\n1,2,0\n", "line 2")]
    [InlineData("first.csv", "x0,label\none,0\n", "'one' is not a number")]
    [InlineData("first.csv", "x0,x1\n1,0\n", "label")]
    [InlineData("first.csv", "x0,label\n1,0\n2,1\n", "2 rows")]
    [InlineData("splits_60_40_2trials.csv", "dataset,trial,test_mask\nfirst,first,01\n", "test_mask")]
    [InlineData("splits_60_40_2trials.csv", "dataset,trial,test_mask\nabsent,0,01\n", "no data set")]
    public void Run_FileOfAnotherForm_NamesIt(string file, string content, string named)
    {
        using var files = new OddsFolder();
        File.Delete(files.PathOf("first.csv.gz"));
        File.WriteAllText(files.PathOf("first.csv"), "x0,label\n1,0\n2,1\n");
        File.WriteAllText(files.PathOf(file), content);

        (int code, _, string errors) = Run("--data", files.Folder, "--results", files.PathOf("out/odds.csv"), "--detectors", "knn");

        Assert.Equal(2, code);
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "--detectors", "nothing")]
    [InlineData("0", "--seeds", "0")]
    [InlineData("/nowhere", "--data", "/nowhere")]
    public void Run_UnusableArgument_NamesItAndEndsWith2(string named, params string[] arguments)
    {
        (int code, _, string errors) = Run(arguments);

        Assert.Equal(2, code);
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = EvaluationProgram.Run([OddsEvaluation.Name, .. arguments], output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
