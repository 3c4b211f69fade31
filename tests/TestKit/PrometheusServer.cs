using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace Ecart.TestKit;

/// <summary>A private Prometheus of one test, which asks one service every half second.</summary>
public sealed class PrometheusServer : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("prometheus");
    private readonly HttpClient client = new();
    private readonly Process process;

    /// <summary>Starts it on a free port.</summary>
    /// <param name="service">The service whose <c>/metrics</c> it asks, as the job <c>ecart</c>.</param>
    public PrometheusServer(Uri service)
    {
        ArgumentNullException.ThrowIfNull(service);
        string program = PrometheusProgram.RequirePath("prometheus");
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        string file = Path.Combine(folder.Path, "prometheus.yml");
        File.WriteAllText(
            file,
            $"""
             global:
               scrape_interval: 500ms
             scrape_configs:
               - job_name: ecart
                 static_configs:
                   - targets: ["{service.Authority}"]
             """);
        client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        process = Process.Start(new ProcessStartInfo(
            program, [$"--config.file={file}", $"--storage.tsdb.path={folder.Path}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
        {
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, line) => Said += line.Data + "\n";
        process.BeginErrorReadLine();
    }

    /// <summary>What it complained of.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Waits until an expression yields something; the test's time limit ends it otherwise.</summary>
    public async Task WaitForAsync(string expression)
    {
        for (; ; await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            if (process.HasExited) Assert.Fail(Said);
            try
            {
                if ((await AskAsync(expression)).Count > 0) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }

    /// <summary>Evaluates an expression as of now. One that it cannot read fails the test.</summary>
    /// <returns>Labels and value of each series.</returns>
    public async Task<IReadOnlyList<(JsonElement Labels, string Value)>> AskAsync(string expression)
    {
        using var form = new FormUrlEncodedContent([new("query", expression)]);
        using HttpResponseMessage response = await client.PostAsync("/api/v1/query", form, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable) return [];
        Assert.True(response.IsSuccessStatusCode, $"{expression}\n{text}");
        using JsonDocument answer = JsonDocument.Parse(text);
        JsonElement data = answer.RootElement.GetProperty("data");
        return data.GetProperty("resultType").GetString() is "vector"
            ? [.. data.GetProperty("result").EnumerateArray().Select(series => (series.GetProperty("metric").Clone(), series.GetProperty("value")[1].GetString()!))]
            : [(default, data.GetProperty("result")[1].GetString()!)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
        client.Dispose();
        folder.Dispose();
    }
}
