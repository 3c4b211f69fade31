using System.Net;
using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.App.Tests.Serve;
using Xunit;

namespace Ecart.App.Tests.Cluster;

/// <summary>A node as a process of its own, reached over HTTP.</summary>
internal sealed class ServingNode : IDisposable
{
    /// <summary>A paused node does not even say no.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private readonly HttpClient client;

    private ServingNode(EcartProcess process, Uri address)
    {
        Process = process;
        client = new HttpClient { BaseAddress = address, Timeout = AnswerWithin };
    }

    public EcartProcess Process { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a node on a database; it is not ready yet.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="folder">Folder for its settings.</param>
    /// <param name="settings">Lines of YAML beside its address.</param>
    public static ServingNode Start(string connectionString, string folder, string settings = "")
    {
        var address = EcartProcess.FreeAddress();
        string file = Path.Combine(folder, $"node-{address.Port}.yaml");
        File.WriteAllText(file, $"http:\n  listen: {address}\ncluster:\n  probe_seconds: 0.5\n{settings}");
        return new ServingNode(EcartProcess.StartOn(connectionString, folder, "serve", "--cluster", "--config", file), address);
    }

    /// <summary>Waits until it owns so many lanes.</summary>
    public async Task OwnsAsync(int lanes)
    {
        string expected = $"ready: owns {lanes} of 64 lanes";
        while (await StateAsync() != expected)
        {
            if (Process.HasExited) Assert.Fail((await Process.WaitAsync(Cancellation)).Everything);
            await Task.Delay(50, Cancellation);
        }
    }

    /// <summary>Posts events until each is answered with its verdict.</summary>
    public async Task PostAsync(IReadOnlyList<string> events)
    {
        while (events.Count > 0) events = await TryPostAsync(events);
    }

    /// <summary>Posts events once.</summary>
    /// <returns>Those that are not answered with their verdict.</returns>
    public async Task<IReadOnlyList<string>> TryPostAsync(IReadOnlyList<string> events)
    {
        using var content = new StringContent(Posted.List(events));
        using HttpResponseMessage response = await client.PostAsync("/v1/events", content, Cancellation);
        if (response.StatusCode != HttpStatusCode.OK) return events;
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        JsonElement results = answer.RootElement.GetProperty("results");
        return [.. events.Where((_, i) => results[i].GetProperty("status").GetInt32() != 200)];
    }

    public void Dispose()
    {
        Process.Dispose();
        client.Dispose();
    }

    private async Task<string> StateAsync()
    {
        try
        {
            return await client.GetStringAsync("/health/ready", Cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !Cancellation.IsCancellationRequested)
        {
            return "";
        }
    }
}
