using System.Globalization;
using System.Net;
using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Serve_UntilTerminated_ShowsMetricsLogsJsonAndDrains()
    {
        using TestFolder folder = TestFolder.Create("serve");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(folder.Path, "ecart.yaml");
        var address = EcartProcess.FreeAddress();
        File.WriteAllText(file, $"log: json\nreload_seconds: 0.1\nhttp:\n  listen: {address}\n  decisions:\n    decline_from: 0.9\n");
        using var client = new HttpClient { BaseAddress = address };
        using EcartProcess process = EcartProcess.Start(folder.Path, "serve", "--config", file);
        await process.WaitUntilReadyAsync(client, cancellation);

        await PostAsync(client, "/v1/events", Posted.List(Posted.Event("E1", amount: 60_000), Posted.Event("E2", minute: 1), "{}"), cancellation);
        await PostAsync(client, "/v1/events", Posted.Event("E2", minute: 1), cancellation);
        await PostAsync(client, "/v1/labels", Posted.Label("E1", true), cancellation);
        Dictionary<string, double> metrics = await ReadMetricsAsync(client, cancellation);
        while (metrics["ecart_outbox_pending"] == 0)
        {
            await Task.Delay(50, cancellation);
            metrics = await ReadMetricsAsync(client, cancellation);
        }

        process.Terminate();
        ProgramResult result = await process.WaitAsync(cancellation);

        Assert.Equal(2, metrics["ecart_events_total"]);
        Assert.Equal(1, metrics["ecart_duplicates_total"]);
        Assert.Equal(1, metrics["ecart_rejected_total"]);
        Assert.Equal(1, metrics["ecart_labels_total"]);
        Assert.Equal(0, metrics["ecart_late_total"]);
        Assert.Equal(1, metrics["ecart_alerts_total{severity=\"medium\"}"]);
        Assert.Equal(2, metrics["ecart_evidence_total{code=\"new_profile\"}"]);
        Assert.Equal(1, metrics["ecart_evidence_total{code=\"very_high_amount\"}"]);
        Assert.Equal(0.5, metrics["ecart_score_total"], 6);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 1, 0, TimeSpan.Zero).ToUnixTimeSeconds(), metrics["ecart_newest_event_timestamp_seconds"]);
        Assert.Equal(1, metrics["ecart_info{domain=\"transactions\",version=\"0.1.0\"}"]);
        Assert.Equal(0, metrics["ecart_store_failures_total"]);
        Assert.Equal(0, metrics["ecart_alerts_total{severity=\"critical\"}"]);
        Assert.Equal(1, metrics["ecart_outbox_pending"]);
        Assert.Equal(64, metrics["ecart_lanes_owned"]);
        Assert.Equal(1, metrics["ecart_store_available"]);
        Assert.True(metrics["ecart_memory_live_bytes"] >= 0);
        Assert.Equal(0, metrics["ecart_waiting"]);
        Assert.Equal(3, metrics["ecart_stage_duration_seconds_count{stage=\"request\"}"]);
        foreach (string stage in new[] { "look_up", "score", "commit" })
        {
            Assert.InRange(metrics[$"ecart_stage_duration_seconds_count{{stage=\"{stage}\"}}"], 3, 5);
            Assert.True(metrics[$"ecart_stage_duration_seconds_sum{{stage=\"{stage}\"}}"] > 0);
        }

        Assert.InRange(metrics["ecart_batch_size_count"], 3, 5);
        Assert.Equal(5, metrics["ecart_batch_size_sum"]);
        Assert.True(result.Code == 0, result.Everything);
        string[] lines = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Equal("Ecart", JsonDocument.Parse(line).RootElement.GetProperty("Category").GetString()));
        Assert.Contains("2 events stored, nothing pending", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("E1", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http:\n  decisions:\n    review_from: 2\n", "http.decisions.review_from")]
    [InlineData("http:\n  maximum_items: 0\n", "http.maximum_items")]
    [InlineData("http:\n  surprise: 0\n", "surprise")]
    public async Task Serve_BadConfiguration_NamesTheSetting(string yaml, string name)
    {
        using TestFolder folder = TestFolder.Create("serve");
        string file = Path.Combine(folder.Path, "ecart.yaml");
        File.WriteAllText(file, yaml);

        ProgramResult result = await EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, "serve", "--config", file);

        Assert.True(result.Code == 2, result.Everything);
        Assert.Contains(name, result.Errors, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task PostAsync(HttpClient client, string path, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json);
        using HttpResponseMessage response = await client.PostAsync(path, content, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Reads the text form of Prometheus: value by name and labels, without the labels that name the library.</summary>
    private static async Task<Dictionary<string, double>> ReadMetricsAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string line in (await client.GetStringAsync("/metrics", cancellationToken)).Split('\n'))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            int end = line.Contains('}', StringComparison.Ordinal) ? line.IndexOf('}', StringComparison.Ordinal) + 1 : line.IndexOf(' ', StringComparison.Ordinal);
            string value = line[end..].Trim().Split(' ')[0];
            values[WithoutScope(line[..end])] = double.Parse(value, CultureInfo.InvariantCulture);
        }

        return values;
    }

    private static string WithoutScope(string series)
    {
        int brace = series.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0) return series;
        string[] labels = [.. series[(brace + 1)..^1].Split(',').Where(label => !label.StartsWith("otel_scope", StringComparison.Ordinal))];
        return labels.Length == 0 ? series[..brace] : $"{series[..brace]}{{{string.Join(',', labels)}}}";
    }
}
