using System.Text.Json;
using Ecart.Eval.Batadal;
using Ecart.Eval.Running;
using Ecart.Eval.Tests.Plants;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.Batadal;

public sealed class BatadalEvaluationTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("batadal");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_TwoAttackedRecords_GivesTheirMean()
    {
        TimeSpan hour = TimeSpan.FromHours(1);
        MadeUpRecords.Write(PathOf("normal.csv.gz"), ',', "ATT_FLAG", hour, 1000);
        MadeUpRecords.Write(PathOf("short.csv"), ',', "ATT_FLAG", hour, 30);
        MadeUpRecords.Write(PathOf("one.csv"), ',', "ATT_FLAG", hour, 400, (100, 50), (300, 40));
        MadeUpRecords.Write(PathOf("two.csv"), ',', "ATT_FLAG", hour, 300, (200, 50));
        MadeUpRecords.Write(PathOf("unlabelled.csv"), ',', "other", hour, 100);

        (int code, string output, string errors) = Run("--data", folder.Path, "--scores-out", PathOf("scores"), "--results", PathOf("results.csv"));

        Assert.True(code == 0, errors);
        Assert.Contains("unlabelled.csv is left out", errors, StringComparison.Ordinal);
        JsonElement result = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(2, result.GetProperty("files").GetInt32());
        Assert.InRange(result.GetProperty("s").GetDouble(), 0.9, 1);
        Assert.Equal(401, File.ReadAllLines(PathOf("scores/one.csv")).Length);
        Assert.Equal(["file", "one", "two"], File.ReadAllLines(PathOf("results.csv")).Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData(true, "never 1")]
    [InlineData(false, "is 1 anywhere")]
    public void Run_RecordMissing_NamesWhich(bool isAttacked, string named)
    {
        MadeUpRecords.Write(PathOf("only.csv"), ',', "ATT_FLAG", TimeSpan.FromHours(1), 300, isAttacked ? [(100, 50)] : []);

        (int code, _, string errors) = Run("--data", folder.Path);

        Assert.Equal(EvaluationProgram.UsageError, code);
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_PublicRecords_ReachesBar()
    {
        BatadalRun run = BatadalRun.Of(TestData.RequireSet(BatadalRun.SetName), _ => { }, TestContext.Current.CancellationToken);

        foreach (var record in run.Attacked)
        {
            BatadalScore score = BatadalScore.Of(run.Score(record, _ => { }).Alarms, record.IsAnomaly);
            Assert.True(score.Total >= 0.95, $"S of {record.Name} {score.Total}");
        }
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int code = EvaluationProgram.Run(["batadal", .. arguments], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private string PathOf(string name) => Path.Combine(folder.Path, name);
}
