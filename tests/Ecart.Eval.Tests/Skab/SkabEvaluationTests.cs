using System.Text.Json;
using Ecart.Eval.Plants;
using Ecart.Eval.Running;
using Ecart.Eval.Skab;
using Ecart.Eval.Tests.Plants;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.Skab;

public sealed class SkabEvaluationTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("skab");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_TwoGroups_PoolsThemInTheLastLine()
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        MadeUpRecords.Write(PathOf("valve9/0.csv.gz"), ';', "anomaly", second, 800, (550, 150));
        MadeUpRecords.Write(PathOf("valve9/1.csv"), ';', "anomaly", second, 300);
        MadeUpRecords.Write(PathOf("other/3.csv"), ';', "anomaly", second, 900, (600, 100));
        MadeUpRecords.Write(PathOf("free/free.csv"), ';', "nothing", second, 900);

        (int code, string output, string errors) = Run("--data", folder.Path, "--scores-out", PathOf("scores"), "--results", PathOf("results.csv"));

        Assert.True(code == 0, errors);
        Assert.Contains("1.csv is left out", errors, StringComparison.Ordinal);
        JsonElement result = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal((2, 900), (result.GetProperty("files").GetInt32(), result.GetProperty("rows").GetInt32()));
        Assert.InRange(result.GetProperty("f1").GetDouble(), 0.9, 1);
        Assert.InRange(result.GetProperty("far").GetDouble(), 0, 0.1);
        Assert.InRange(result.GetProperty("mar").GetDouble(), 0, 0.1);
        Assert.Equal(501, File.ReadAllLines(PathOf("scores/other_3.csv")).Length);
        Assert.Equal(["group", "other", "other+valve9", "valve9"], File.ReadAllLines(PathOf("results.csv")).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Run_NoExperiment_NamesTheFolderAndTheRemedy()
    {
        (int code, _, string errors) = Run("--data", folder.Path);

        Assert.Equal(EvaluationProgram.UsageError, code);
        Assert.Contains(folder.Path, errors, StringComparison.Ordinal);
        Assert.Contains("--data", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_PublicValve1_ReachesBars()
    {
        string group = Path.Combine(TestData.RequireSet(SkabRun.SetName), "valve1");

        AlarmCounts pooled = SkabRun.FilesIn(group).Aggregate(default(AlarmCounts), (sum, path) => sum + SkabRun.Measure(path, null)!.Counts);

        Assert.True(pooled.F1 >= 0.82, $"F1 {pooled.F1}");
        Assert.True(pooled.FalseAlarmRate <= 0.2, $"false alarm rate {pooled.FalseAlarmRate}");
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int code = EvaluationProgram.Run(["skab", .. arguments], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private string PathOf(string name) => Path.Combine(folder.Path, name);
}
