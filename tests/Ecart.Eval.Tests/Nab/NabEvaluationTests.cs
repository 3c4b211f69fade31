using System.Globalization;
using System.Text.Json;
using Ecart.Eval.Nab;
using Ecart.Eval.Running;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.Nab;

public sealed class NabEvaluationTests
{
    [Fact]
    public void Run_MadeCorpus_FindsBurstsAndWritesScores()
    {
        using var corpus = new MadeCorpus();
        string scores = Path.Combine(corpus.Folder, "scores");
        string results = Path.Combine(corpus.Folder, "results.csv");
        var output = new StringWriter();
        var errors = new StringWriter();

        int code = EvaluationProgram.Run(["nab", "--data", corpus.Folder, "--scores-out", scores, "--results", results], output, errors);

        Assert.Equal((0, ""), (code, errors.ToString()));
        JsonElement last = JsonDocument.Parse(output.ToString().TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(2, last.GetProperty("windows").GetInt32());
        Assert.All(["standard", "low_fp", "low_fn"], key => Assert.InRange(last.GetProperty(key).GetDouble(), 80, 100));
        string[] lines = File.ReadAllLines(Path.Combine(scores, MadeCorpus.Packed));
        Assert.Equal("timestamp,value,anomaly_score", lines[0]);
        Assert.Equal(MadeCorpus.Points + 1, lines.Length);
        Assert.StartsWith(MadeCorpus.Time(700) + ",", lines[701], StringComparison.Ordinal);
        Assert.True(double.Parse(lines[701].Split(',')[2], CultureInfo.InvariantCulture) > 0.99, lines[701]);
        Assert.Equal(3, File.ReadAllLines(results).Length);
    }

    [Fact]
    public void Run_FolderWithoutCorpus_NamesItAndEndsWith2()
    {
        using var folder = TestFolder.Create("empty");
        var errors = new StringWriter();

        Assert.Equal(EvaluationProgram.UsageError, EvaluationProgram.Run(["nab", "--data", folder.Path], TextWriter.Null, errors));
        Assert.Contains(folder.Path, errors.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The public streams themselves. Skipped where they are absent.</summary>
    [Fact]
    public void Score_PublicStreams_ReachesBars()
    {
        string set = TestData.RequireSet(NabCorpus.SetName);
        IReadOnlyList<NabStream> streams = NabCorpus.Load(set, Assert.Fail);

        IReadOnlyList<double[]> scores = NabRun.Score(streams, _ => { });

        double[] figures = [.. NabCorpus.Profiles(set).Select(profile => NabScorer.BestThreshold(streams, scores, profile).Score)];
        Assert.True(figures[0] >= 72 && figures[1] >= 64 && figures[2] >= 76, string.Join(" / ", figures));
    }
}
