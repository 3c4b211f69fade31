using Ecart.Eval.Nab;
using Ecart.Eval.Running;
using Xunit;

namespace Ecart.Eval.Tests.Nab;

public sealed class NabCorpusTests
{
    [Fact]
    public void Load_PackedAndPlainFiles_GivesStreamsWithWindows()
    {
        using var corpus = new MadeCorpus();

        IReadOnlyList<NabStream> streams = NabCorpus.Load(corpus.Folder, Assert.Fail);

        Assert.Equal([MadeCorpus.Plain, MadeCorpus.Packed], streams.Select(stream => stream.Name));
        Assert.All(streams, stream => Assert.Equal(MadeCorpus.Points, stream.Points.Count));
        Assert.Equal(new NabWindow(680, 760), Assert.Single(streams[1].Windows));
        Assert.Equal(MadeStream.Start.AddMinutes(50), streams[0].Points[10].Time);
    }

    [Fact]
    public void Load_StreamWithoutWindows_IsUsedAndTold()
    {
        using var corpus = new MadeCorpus();
        corpus.Write("real/new.csv", "timestamp,value\n2014-04-01 00:00:00,1\n2014-04-01 00:05:00,\n");
        var notices = new List<string>();

        NabStream stream = NabCorpus.Load(corpus.Folder, notices.Add).Single(stream => stream.Name == "real/new.csv");

        Assert.Empty(stream.Windows);
        Assert.True(double.IsNaN(stream.Points[1].Value));
        Assert.Contains("real/new.csv", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp,value\n2014-04-01 00:00:00,1\n2014-04-01 00:05:00,one\n", "line 3")]
    [InlineData("timestamp,value\nyesterday,1\n", "line 2")]
    [InlineData("time,value\n", "header")]
    [InlineData("", "header")]
    public void Load_FileOfAnotherForm_NamesFileAndPlace(string text, string place)
    {
        using var corpus = new MadeCorpus();
        corpus.Write(MadeCorpus.Plain, text);

        var error = Assert.Throws<EvaluationException>(() => NabCorpus.Load(corpus.Folder, _ => { }));

        Assert.Contains("noise.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedFile_NamesIt()
    {
        using var corpus = new MadeCorpus();
        byte[] whole = File.ReadAllBytes(corpus.PathOf(MadeCorpus.Packed + ".gz"));
        File.WriteAllBytes(corpus.PathOf(MadeCorpus.Packed + ".gz"), [1, 2, 3, .. whole]);

        var error = Assert.Throws<EvaluationException>(() => NabCorpus.Load(corpus.Folder, _ => { }));

        Assert.Equal(EvaluationProgram.Failed, error.ExitCode);
        Assert.Contains("load.csv.gz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WindowWithoutPoints_NamesStream()
    {
        using var corpus = new MadeCorpus();
        File.WriteAllText(Path.Combine(corpus.Folder, "combined_windows.json"), $$"""{"{{MadeCorpus.Plain}}": [["2020-01-01 00:00:00", "2020-01-02 00:00:00"]]}""");

        var error = Assert.Throws<EvaluationException>(() => NabCorpus.Load(corpus.Folder, _ => { }));

        Assert.Contains(MadeCorpus.Plain, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\": 1}")]
    [InlineData("nothing")]
    public void Load_WindowsOfAnotherForm_NamesFile(string text)
    {
        using var corpus = new MadeCorpus();
        File.WriteAllText(Path.Combine(corpus.Folder, "combined_windows.json"), text);

        Assert.Contains(
            "combined_windows.json", Assert.Throws<EvaluationException>(() => NabCorpus.Load(corpus.Folder, _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_FileOfTheBenchmark_GivesPublishedWeights()
    {
        using var corpus = new MadeCorpus();
        Assert.Equal(NabProfile.Published, NabCorpus.Profiles(corpus.Folder));
        string path = Path.Combine(corpus.Folder, "profiles.json");
        File.WriteAllText(path, string.Concat("{", string.Join(",", NabProfile.Published.Select(profile =>
            $$$"""
            "{{{profile.Name}}}": {"CostMatrix": {"tpWeight": {{{profile.TruePositive}}}, "fnWeight": {{{profile.FalseNegative}}}, "fpWeight": {{{profile.FalsePositive}}}, "tnWeight": 1}}
            """)), "}"));

        Assert.Equal(NabProfile.Published, NabCorpus.Profiles(corpus.Folder));

        File.WriteAllText(path, "{\"standard\": {}}");
        Assert.Contains("profiles.json", Assert.Throws<EvaluationException>(() => NabCorpus.Profiles(corpus.Folder)).Message, StringComparison.Ordinal);
    }
}
