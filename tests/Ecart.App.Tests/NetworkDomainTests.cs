using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Connections through the whole program, from Zeek's log to the tables: what transactions can, they can.</summary>
public sealed class NetworkDomainTests : IDisposable
{
    private const string Scanner = "10.0.0.66";
    private const int ScannedPorts = 60;
    private readonly TestFolder folder = TestFolder.Create("network");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Replay_ScanInAConnLog_IsClassifiedStoredAndPublishedOnce()
    {
        string file = WriteLog();

        ProgramResult first = await RunAsync("replay", "--domain", "network", file);
        ProgramResult again = await RunAsync("replay", "--domain", "network", "--again", file);
        string[] classes = await AskAsync("SELECT src_ip, threat_type, COUNT(*) > 20 FROM network_connections WHERE is_suspicious GROUP BY src_ip, threat_type");
        string[] counts = await AskAsync(
            "SELECT (SELECT COUNT(*) FROM network_connections), (SELECT COUNT(*) FROM financial_transactions), (SELECT COUNT(DISTINCT lane) > 1 FROM network_connections), "
            + "(SELECT COUNT(*) FROM anomaly_alerts WHERE domain = 'network' AND entity_type = 'ip') BETWEEN 1 AND 3, "
            + "(SELECT COUNT(*) > 0 FROM network_profiles WHERE ip_address = '10.0.0.1' AND observation_count > 10)");

        Assert.True(first.Code == 0, first.Everything);
        Assert.True(again.Code == 0, again.Everything);
        Assert.Equal([$"{Scanner}\tscan\t1"], classes);
        Assert.Equal([$"{400 + ScannedPorts}\t0\t1\t1\t1"], counts);
    }

    [Fact]
    public async Task Score_ScanInAConnLog_NamesClassAndSource()
    {
        string output = Path.Combine(folder.Path, "scored.csv");

        ProgramResult result = await RunAsync("score", "--domain", "network", WriteLog(), "--out", output);

        Assert.True(result.Code == 0, result.Everything);
        string[] lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.StartsWith("uid,occurred_at,src_ip,src_port,dst_ip,dst_port,protocol,threat_type,score", lines[0], StringComparison.Ordinal);
        string[] scans = [.. lines.Where(line => line.Contains(",scan,", StringComparison.Ordinal))];
        Assert.True(scans.Length > 20);
        Assert.All(scans, line => Assert.Equal(Scanner, line.Split(',')[2]));
    }

    [Fact]
    public async Task Serve_DomainNetwork_AnswersVerdictsOfConnectionsAndRecognisesThemAgain()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(folder.Path, "ecart.yaml");
        var address = EcartProcess.FreeAddress();
        await File.WriteAllTextAsync(file, $"domain: network\nhttp:\n  listen: {address}\n", cancellation);
        using var client = new HttpClient { BaseAddress = address };
        using EcartProcess process = EcartProcess.Start(folder.Path, "serve", "--config", file);
        await process.WaitUntilReadyAsync(client, cancellation);
        string[] scan = [.. Log().Where(line => line.Contains(Scanner, StringComparison.Ordinal))];

        JsonElement first = await PostAsync(client, "/v1/events", "[" + string.Join(',', scan) + "]", cancellation);
        JsonElement again = await PostAsync(client, "/v1/events", "[" + scan[^1] + "]", cancellation);
        JsonElement label = await PostAsync(client, "/v1/labels", """{"event_uid": "scan59", "is_fraud": true}""", cancellation);
        process.Terminate();
        ProgramResult result = await process.WaitAsync(cancellation);

        Assert.True(result.Code == 0, result.Everything);
        string last = first.ToString();
        Assert.Contains("port_scan", last, StringComparison.Ordinal);
        Assert.Contains("\"duplicate\"", again.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("unknown_event", label.ToString(), StringComparison.Ordinal);
        Assert.Equal([$"{ScannedPorts}\t1"], await AskAsync("SELECT COUNT(*), SUM(is_confirmed_threat) FROM network_connections"));
    }

    [Theory]
    [InlineData("replay --domain Weather x.csv", "'Weather' is not known: this version has transactions, network")]
    [InlineData("configuration show --domain weather", "'weather' is not known")]
    public async Task Domain_Unknown_NamesThoseThatAre(string arguments, string expected)
    {
        ProgramResult result = await RunAsync(arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    /// <summary>Twenty hosts that ask two servers, then one that tries the ports of a third.</summary>
    private static IEnumerable<string> Log()
    {
        const double Start = 1_740_823_200;
        for (int i = 0; i < 400; i++)
            yield return Line($"C{i}", Start + (i * 30), $"10.0.0.{1 + (i % 20)}", 40_000 + i, i % 2 == 0 ? "10.0.1.1" : "198.51.100.7", 443, "SF", 900 + (i % 50), 5000 + (i * 7 % 900));
        for (int i = 0; i < ScannedPorts; i++) yield return Line($"scan{i}", Start + 12_000 + i, Scanner, 50_000 + i, "10.0.1.9", 1 + (i * 17), "REJ", 0, 0);
    }

    private static string Line(string uid, double at, string source, int port, string destination, int destinationPort, string state, int sent, int received) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"ts":{{at:F3}},"uid":"{{uid}}","id.orig_h":"{{source}}","id.orig_p":{{port}},"id.resp_h":"{{destination}}","id.resp_p":{{destinationPort}},"proto":"tcp","duration":0.2,"orig_bytes":{{sent}},"resp_bytes":{{received}},"conn_state":"{{state}}","orig_pkts":3,"resp_pkts":3}""");

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json);
        using HttpResponseMessage response = await client.PostAsync(path, content, cancellationToken);
        string answer = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    private string WriteLog()
    {
        string file = Path.Combine(folder.Path, "conn.log");
        File.WriteAllText(file, string.Join('\n', Log()) + "\n", Encoding.UTF8);
        return file;
    }

    private Task<string[]> AskAsync(string sql) => EcartProcess.AskAsync(folder.Path, sql, TestContext.Current.CancellationToken);

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
