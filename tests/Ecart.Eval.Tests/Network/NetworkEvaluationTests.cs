using System.Text.Json;
using Ecart.Domains.Network;
using Ecart.Eval.Network;
using Ecart.Eval.Running;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.Network;

public sealed class NetworkEvaluationTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("network");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Captures_PublicSet_EveryNamedOneIsFoundWithinAMinute()
    {
        string set = TestData.RequireSet(CapturesEvaluation.SetName);
        foreach (string file in NetworkCapture.FilesIn(set))
        {
            NetworkCapture capture = NetworkCapture.Read(file);
            if (CapturesEvaluation.PromisedBy(capture.Name) is not { } promised) continue;
            IReadOnlyList<CaptureFinding> findings = CaptureFinding.In(NetworkRun.Score(capture, static _ => { }));

            Assert.Contains(findings, finding => finding.Class == promised && finding.Seconds <= 60);
        }
    }

    [Theory]
    [InlineData("zeek_vertical_scan.conn", ThreatClass.Scan, "192.168.1.9")]
    [InlineData("zeek_horizontal_scan.conn", ThreatClass.Scan, "10.0.2.112")]
    [InlineData("zeek_nmap_portscan.conn", ThreatClass.Scan, "172.16.1.11")]
    [InlineData("argus_portscan", ThreatClass.Scan, "10.8.0.69")]
    [InlineData("icmp_portscan", ThreatClass.Scan, "192.168.1.109")]
    [InlineData("ssh_bruteforce", ThreatClass.BruteForce, "147.32.80.40")]
    [InlineData("zeek_simda_dga.dns", ThreatClass.Dns, "fd77:48a1:c0bb:0:b96c:506d:6c7f:e8be")]
    public void Captures_PublicSet_TheRightSourceIsTold(string name, string promised, string source)
    {
        string set = TestData.RequireSet(CapturesEvaluation.SetName);
        string file = NetworkCapture.FilesIn(set).Single(path => Path.GetFileName(path).StartsWith(name + ".", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith(name + ".log", StringComparison.Ordinal));

        IReadOnlyList<CaptureFinding> findings = CaptureFinding.In(NetworkRun.Score(NetworkCapture.Read(file), static _ => { }));

        Assert.All(findings.Where(finding => finding.Class == promised).Take(1), finding => Assert.Equal(source, finding.Source));
        Assert.Contains(findings, finding => finding.Class == promised);
    }

    [Fact]
    public void Zeek_PublicSet_ReachesBars()
    {
        (int code, string output, string errors) = Run("zeek", "--data", TestData.RequireSet(ZeekEvaluation.SetName), "--results", PathOf("zeek.csv"), "--scores-out", PathOf("scores"));

        Assert.True(code == 0, errors);
        JsonElement result = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.InRange(result.GetProperty("auc").GetDouble(), 0.97, 1);
        Assert.InRange(result.GetProperty("ap").GetDouble(), 0.9, 1);
        Assert.InRange(result.GetProperty("worst_host_day_alerts").GetInt32(), 0, 4);
    }

    [Fact]
    public void Zeek_NoLabels_SaysSo()
    {
        File.WriteAllText(PathOf("one.csv"), "ts,uid,id.orig_h,id.resp_h,label\n1,C1,10.0.0.1,10.0.0.2,Benign\n");

        (int code, _, string errors) = Run("zeek", "--data", folder.Path, "--results", PathOf("zeek.csv"));

        Assert.Equal(EvaluationProgram.UsageError, code);
        Assert.Contains("both kinds of labels", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Captures_ScanOfItsOwn_IsCounted()
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(static i => $"{100 + i},C{i},10.0.0.1,10.0.0.2,{1000 + i},tcp,REJ\n"));
        File.WriteAllText(PathOf("my_scan.csv"), "ts,uid,id.orig_h,id.resp_h,id.resp_p,proto,conn_state\n" + rows);

        (int code, string output, string errors) = Run("captures", "--data", folder.Path);

        Assert.True(code == 0, errors);
        JsonElement result = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal((1, 1, 1), (result.GetProperty("named").GetInt32(), result.GetProperty("found").GetInt32(), result.GetProperty("in_time").GetInt32()));
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int code = EvaluationProgram.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private string PathOf(string name) => Path.Combine(folder.Path, name);
}
