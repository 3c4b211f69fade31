using System.Text.Json;
using Ecart.Eval.Running;
using Ecart.Eval.Tests.FraudHandbook;
using Xunit;

namespace Ecart.Eval.Tests.Running;

public sealed class EvaluationProgramTests
{
    private const string Days = "2018-06-04..2018-06-10";

    [Theory]
    [InlineData("2018-08-32", "--test", "2018-08-32..2018-08-33")]
    [InlineData("empty", "--test", "2018-08-14..2018-08-08")]
    [InlineData("maybe", "--feedback", "maybe")]
    [InlineData("/nowhere", "--data", "/nowhere")]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("--feedback on", "--feedback", "off", "--learning", "on")]
    [InlineData("begin before", "--train", "2018-08-20..2018-08-21", "--test", "2018-08-08..2018-08-14")]
    public void Run_UnusableArgument_NamesItAndEndsWith2(string named, params string[] arguments)
    {
        (int code, string output, string errors) = Run(["fraud-handbook", .. arguments]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingMonth_NamesFileAndRemedy()
    {
        using var files = new MonthlyFiles();
        File.Delete(files.PathOf("2018-05"));

        (int code, _, string errors) = Run("fraud-handbook", "--data", files.Folder, "--test", Days);

        Assert.Equal(2, code);
        Assert.Contains("transactions_2018-05.csv.gz", errors, StringComparison.Ordinal);
        Assert.Contains("--data", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DamagedFile_NamesItAndEndsWith1()
    {
        using var files = new MonthlyFiles();
        byte[] whole = File.ReadAllBytes(files.PathOf("2018-05"));
        File.WriteAllBytes(files.PathOf("2018-05"), whole[..(whole.Length / 2)]);

        (int code, _, string errors) = Run("fraud-handbook", "--data", files.Folder, "--test", Days, "--results", ResultsIn(files));

        Assert.Equal(1, code);
        Assert.Contains("transactions_2018-05.csv.gz", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutFeedback_PrintsOneJsonLineForEachMode()
    {
        using var files = new MonthlyFiles();

        (int code, string output, _) = Run("fraud-handbook", "--data", files.Folder, "--test", Days, "--results", ResultsIn(files));

        Assert.Equal(0, code);
        string[] lines = output.TrimEnd().Split('\n');
        JsonElement off = JsonDocument.Parse(lines[^3]).RootElement;
        JsonElement on = JsonDocument.Parse(lines[^2]).RootElement;
        JsonElement learned = JsonDocument.Parse(lines[^1]).RootElement;
        Assert.Equal(("fraud-handbook", "on"), (on.GetProperty("eval").GetString(), on.GetProperty("feedback").GetString()));
        Assert.Equal("off", off.GetProperty("feedback").GetString());
        Assert.Equal(("on", "on"), (learned.GetProperty("feedback").GetString(), learned.GetProperty("learning").GetString()));
        Assert.True(learned.GetProperty("auc").GetDouble() > off.GetProperty("auc").GetDouble() + 0.1);
        Assert.Equal(on.GetProperty("rows").GetInt32(), off.GetProperty("rows").GetInt32());
        // What the labels say of the compromised terminal is invisible without them.
        Assert.True(on.GetProperty("auc").GetDouble() > off.GetProperty("auc").GetDouble() + 0.1);
    }

    [Fact]
    public void Run_FeedbackOff_UsesNoLabelAtAll()
    {
        using var labelled = new MonthlyFiles();
        using var unlabelled = new MonthlyFiles(hasLabels: false);

        // Fraud decides which cards count, so there are fewer of them with labels: scores are compared by id.
        Dictionary<string, string> with = ScoresOf(labelled);
        Dictionary<string, string> without = ScoresOf(unlabelled);

        Assert.NotEmpty(with);
        Assert.All(with, score => Assert.Equal(without[score.Key], score.Value));
    }

    [Fact]
    public void Run_Twice_LeavesSameResults()
    {
        using var files = new MonthlyFiles();
        string results = ResultsIn(files);
        string[] arguments = ["fraud-handbook", "--data", files.Folder, "--test", Days, "--results", results];

        Run(arguments);
        string first = File.ReadAllText(results);
        Run(arguments);

        Assert.Equal(4, first.TrimEnd().Split('\n').Length);
        Assert.Equal(first, File.ReadAllText(results));
    }

    private static Dictionary<string, string> ScoresOf(MonthlyFiles files)
    {
        string folder = Path.Combine(files.Folder, "scores");
        (int code, _, _) = Run(
            "fraud-handbook", "--data", files.Folder, "--test", Days, "--feedback", "off", "--scores-out", folder, "--results", ResultsIn(files));
        Assert.Equal(0, code);
        return File.ReadLines(Path.Combine(folder, "fraud-handbook-feedback-off.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => cells[3], StringComparer.Ordinal);
    }

    private static string ResultsIn(MonthlyFiles files) => Path.Combine(files.Folder, "results", "figures.csv");

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = EvaluationProgram.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
