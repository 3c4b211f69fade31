using System.Text.Json;
using Ecart.Eval.NslKdd;
using Ecart.Eval.Running;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Eval.Tests.NslKdd;

public sealed class NslKddTests
{
    [Theory]
    [InlineData("nsl_kdd")]
    [InlineData("nsl-kdd")]
    public void Run_TrainingFileAlone_TestsItsLastFifth(string command)
    {
        using var files = new ConnectionFiles();

        (int code, string output, string errors) = Run(command, "--data", files.Folder, "--results", files.PathOf("out/nsl_kdd.csv"));

        Assert.Equal((0, ""), (code, errors));
        JsonElement line = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal((300, 100), (line.GetProperty("trained").GetInt32(), line.GetProperty("rows").GetInt32()));
        Assert.InRange(line.GetProperty("auc").GetDouble(), 0.99, 1);
        Assert.InRange(line.GetProperty("ap").GetDouble(), 0.98, 1);
    }

    [Fact]
    public void Run_TestFileWithoutHeaderAndWithNewWords_IsTheTest()
    {
        using var files = new ConnectionFiles();
        files.WriteTest();

        (int code, string output, string errors) = Run("nsl_kdd", "--data", files.Folder, "--results", files.PathOf("out/nsl_kdd.csv"), "--scores-out", files.PathOf("scores"));

        Assert.Equal((0, ""), (code, errors));
        JsonElement line = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal((300, 500), (line.GetProperty("trained").GetInt32(), line.GetProperty("rows").GetInt32()));
        Assert.Equal("KDDTest+.txt", line.GetProperty("test").GetString());
        Assert.InRange(line.GetProperty("auc").GetDouble(), 0.99, 1);
        Assert.Equal(501, File.ReadAllLines(files.PathOf("scores/nsl_kdd-ensemble.csv")).Length);
    }

    [Fact]
    public void Encode_WordNeverSeen_IsRarerThanEvery()
    {
        var encoder = new RecordEncoder(Records(["1", "tcp", "0.5"], ["3", "tcp", "0.25"], ["0", "udp", "0"]));
        Matrix rows = encoder.Encode(Records(["1", "tcp", "0.5"], ["7", "udp", "1.5"], ["0", "gre", "0"]));

        Assert.Equal(1 + 3 + 1, encoder.Dimension);
        Assert.Equal(Math.Log(2), rows.Row(0)[0], 1e-6);
        Assert.Equal([1, 0, 0.5f], rows.Row(0)[2..].ToArray());
        Assert.Equal([0, 1, 1.5f], rows.Row(1)[2..].ToArray());
        Assert.Equal([0, 0, 0], rows.Row(2)[2..].ToArray());
        Assert.True(rows.Row(0)[1] < rows.Row(1)[1]);
        Assert.True(rows.Row(1)[1] < rows.Row(2)[1]);
    }

    [Theory]
    [InlineData("KDDTest+.csv", "a,b,label\n1,2,normal\n", "duration")]
    [InlineData("KDDTest+.csv", "1,2,3\n", "label")]
    [InlineData("KDDTest+.csv", "duration,protocol_type,src_bytes,rate,label\nlong,tcp,1,0,normal\n", "'long'")]
    [InlineData("KDDTest+.csv", "duration,protocol_type,src_bytes,rate,label\n1,tcp,1\n", "record 1")]
    public void Run_TestFileOfAnotherForm_NamesWhat(string file, string content, string named)
    {
        using var files = new ConnectionFiles();
        File.WriteAllText(files.PathOf(file), content);

        (int code, _, string errors) = Run("nsl_kdd", "--data", files.Folder, "--results", files.PathOf("out/nsl_kdd.csv"));

        Assert.Equal(2, code);
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoSuchFolder_NamesIt()
    {
        (int code, _, string errors) = Run("nsl_kdd", "--data", "/nowhere");

        Assert.Equal(2, code);
        Assert.Contains("/nowhere", errors, StringComparison.Ordinal);
    }

    private static ConnectionRecords Records(params string[][] cells) => new(
        ["duration", "protocol_type", "rate"], cells, [.. cells.Select(_ => ConnectionRecords.Normal)], [.. cells.Select(_ => ConnectionRecords.Normal)]);

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = EvaluationProgram.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
