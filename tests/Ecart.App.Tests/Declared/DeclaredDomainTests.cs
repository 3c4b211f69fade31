using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Declared;

/// <summary>A declared domain through the whole program: applied, replayed, seen by SQL, changed, served.</summary>
public sealed class DeclaredDomainTests : IDisposable
{
    private const string Domain = "cold_chain";
    private static readonly string Example = Path.Combine(RepositoryRoot.Path, "examples", "domains", "cold-chain.yaml");
    private readonly TestFolder folder = TestFolder.Create("declared");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Replay_AppliedDomain_StoresScoresViewsProfilesAlertsAndRejectsOnce()
    {
        string[] records = [.. ExampleRecords.ColdChain()];
        int half = records.Length / 2;
        string first = Write("a.csv", [.. records[..half], "bad,2026-03-02T00:00:00Z,box00,truck0,hot,5,false,fish,Brest,"]);
        string second = Write("b.csv", [records[0], .. records[half..]]);
        string whole = Write("whole.csv", records);
        string scored = Path.Combine(folder.Path, "scored.csv");

        ProgramResult before = await RunAsync("replay", "--domain", Domain, first);
        ProgramResult applied = await RunAsync("domains", "apply", Example);
        ProgramResult begun = await RunAsync("replay", "--domain", Domain, first);
        ProgramResult ended = await RunAsync("replay", "--domain", Domain, "--resident", "5", second);
        ProgramResult again = await RunAsync("replay", "--domain", Domain, whole);
        ProgramResult offline = await RunAsync("score", "--domain", Domain, "--configuration", Example, whole, "--out", scored);

        Assert.True(before.Code == 2 && before.Errors.Contains("ecart domains apply", StringComparison.Ordinal), before.Everything);
        Assert.True(applied.Code == 0 && applied.Output.Contains("Version 1 of cold_chain is active", StringComparison.Ordinal), applied.Everything);
        Assert.True(begun.Code == 3 && begun.Everything.Contains("temperature", StringComparison.Ordinal), begun.Everything);
        Assert.True(ended.Code == 0, ended.Everything);
        Assert.True(again.Code == 0, again.Everything);
        Assert.True(offline.Code == 0, offline.Everything);

        // Stored in two runs, with most entities dropped and restored, as scored in one without a store: the state is a fold.
        string[] stored = await AskAsync("SELECT event_uid, score FROM events_cold_chain ORDER BY event_uid");
        string[] expected =
        [
            .. File.ReadLines(scored).Skip(1).Select(line => line.Split(',')).Select(values => $"{values[0]}\t{values[3]}").Order(StringComparer.Ordinal),
        ];
        Assert.Equal(records.Length - 1, stored.Length);
        Assert.Equal(expected, stored.Order(StringComparer.Ordinal));

        Assert.Equal(
            [$"box00\ttruck0\t{Typed(records)}"],
            await AskAsync("SELECT container, truck, temperature, set_point, door_open, goods FROM events_cold_chain WHERE event_uid = 'r0-0'"));
        Assert.Equal(
            ["12\t1\t1\t1"],
            await AskAsync(
                "SELECT (SELECT COUNT(*) FROM profiles_cold_chain WHERE observation_count > 300), (SELECT COUNT(*) > 20 FROM anomaly_alerts WHERE domain = 'cold_chain' AND entity_type = 'container'), "
                + "(SELECT COUNT(*) FROM rejected_events WHERE domain = 'cold_chain'), (SELECT COUNT(*) FROM domain_migrations WHERE domain = 'cold_chain')"));
        Assert.Contains("cold_chain", (await RunAsync("domains", "list")).Output, StringComparison.Ordinal);

        string flagged = (await AskAsync("SELECT event_uid FROM events_cold_chain WHERE is_anomaly ORDER BY score DESC, event_uid LIMIT 1"))[0];
        ProgramResult explained = await RunAsync("verdict", "explain", flagged, "--domain", Domain);
        Assert.True(explained.Code == 0, explained.Everything);
        foreach (string part in new[] { $"{flagged}: container box", "temperature ", ": equal", "evidence   rule", "features   behavior_distance (layout 1): ", "near       r" })
            Assert.Contains(part, explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_AgainAndChanged_KeepsVersionsAndLayoutsApart()
    {
        string text = await File.ReadAllTextAsync(Example, TestContext.Current.CancellationToken);
        string weights = Write("weights.yaml", text.Replace("contribution: 0.65", "contribution: 0.6", StringComparison.Ordinal));
        string other = Write("other.yaml", text.Replace("limit: 8", "limit: 5", StringComparison.Ordinal));
        string raised = Write("raised.yaml", text.Replace("limit: 8", "limit: 5", StringComparison.Ordinal).Replace("layout_version: 1 ", "layout_version: 2 ", StringComparison.Ordinal));
        string builtIn = Write("builtin.yaml", text.Replace("name: cold_chain", "name: network", StringComparison.Ordinal));
        string file = Write("few.csv", [.. ExampleRecords.ColdChain().Take(601)]);

        Assert.Contains("Version 1", (await RunAsync("domains", "apply", Example)).Output, StringComparison.Ordinal);
        Assert.Contains("Nothing has changed: version 1", (await RunAsync("domains", "apply", Example)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("replay", "--domain", Domain, file)).Code);
        Assert.Contains("Version 2", (await RunAsync("domains", "apply", weights, "--reason", "less")).Output, StringComparison.Ordinal);
        ProgramResult refused = await RunAsync("domains", "apply", other);
        Assert.True(refused.Code == 2 && refused.Errors.Contains("Set layout_version to 2", StringComparison.Ordinal), refused.Everything);
        Assert.Contains("Version 3", (await RunAsync("domains", "apply", raised)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("replay", "--domain", Domain, Write("more.csv", [.. ExampleRecords.ColdChain().Take(901)]))).Code);
        Assert.Equal(["1\t600", "2\t300"], await AskAsync("SELECT embedding_version, COUNT(*) FROM events_cold_chain GROUP BY 1 ORDER BY 1"));
        // All that is stored was folded again by the new layout.
        Assert.Equal(["2\t75"], await AskAsync("SELECT layout_version, MIN(observation_count) FROM profiles_cold_chain GROUP BY 1"));
        Assert.Contains("built-in", (await RunAsync("domains", "apply", builtIn)).Errors, StringComparison.Ordinal);
        Assert.Contains("Version 1 is active", (await RunAsync("configuration", "activate", "1", "--reason", "back", "--domain", Domain)).Output, StringComparison.Ordinal);
        Assert.Contains("\"limit\": 8", (await RunAsync("configuration", "show", "--domain", Domain)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DeclaredDomain_AnswersWithVerdicts()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(0, (await RunAsync("domains", "apply", Example)).Code);
        var address = EcartProcess.FreeAddress();
        string file = Write("ecart.yaml", [$"domain: {Domain}", "http:", $"  listen: {address}"]);
        using var client = new HttpClient { BaseAddress = address };
        using EcartProcess process = EcartProcess.Start(folder.Path, "serve", "--config", file);
        await process.WaitUntilReadyAsync(client, cancellation);

        JsonElement warm = await PostAsync(client, """{"event_uid":"w1","occurred_at":"2026-03-02T08:00:00Z","container":"b1","goods":"vaccine","celsius":9.5}""");
        JsonElement repeated = await PostAsync(client, """{"event_uid":"w1","occurred_at":"2026-03-02T08:00:00Z","container":"b1","goods":"vaccine","celsius":9.5}""");
        JsonElement nested = await PostAsync(
            client, """{"event_uid":"w2","domain":"cold_chain","event_type":"reading","occurred_at":"2026-03-02T08:10:00Z","entities":{"container":"b1"},"data":{"goods":"vaccine","temperature":5}}""");
        using HttpResponseMessage wrong = await client.PostAsync("/v1/events", Json("""{"event_uid":"w3","occurred_at":"2026-03-02T08:00:00Z","container":"b1","celsius":95}"""), cancellation);
        process.Terminate();
        ProgramResult result = await process.WaitAsync(cancellation);

        Assert.Equal((0.65, "high"), (warm.GetProperty("score").GetDouble(), warm.GetProperty("severity").GetString()));
        Assert.Equal(0.65, repeated.GetProperty("score").GetDouble());
        Assert.Equal(0, nested.GetProperty("score").GetDouble());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.True(result.Code == 0, result.Everything);
        Assert.Equal(["w1\t9.5\tTrue", "w2\t5\tFalse"], await AskAsync("SELECT event_uid, temperature, is_anomaly FROM events_cold_chain ORDER BY 1"));
    }

    [Fact]
    public async Task Validate_WrongFile_TellsEveryMistakeWithItsPlace()
    {
        string file = Write("wrong.yaml", ["name: w", "entity: who", "fields:", "  - {name: who, type: text, required: true}", "  - {name: x, minimum: a}", "rules:", "  - {name: r, expression: y > 3}", "surprise: 1"]);
        ProgramResult result = await RunAsync("domains", "validate", file);
        Assert.True(result.Code == 2, result.Everything);
        Assert.Equal([$"{file}:5:24:", $"{file}:7:27:", $"{file}:8:1:"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    private static string Typed(string[] records)
    {
        string[] values = records[1].Split(',');
        string Number(string text) => double.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        return $"{Number(values[4])}\t{values[5]}\t{(values[6] == "true" ? 1 : 0)}\t{values[7]}";
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<JsonElement> PostAsync(HttpClient client, string text)
    {
        using HttpResponseMessage response = await client.PostAsync("/v1/events", Json(text), TestContext.Current.CancellationToken);
        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    private string Write(string name, string text) => Write(name, [text.TrimEnd('\n')]);

    private string Write(string name, string[] lines)
    {
        string file = Path.Combine(folder.Path, name);
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        return file;
    }

    private Task<string[]> AskAsync(string sql) => EcartProcess.AskAsync(folder.Path, sql, TestContext.Current.CancellationToken);

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
