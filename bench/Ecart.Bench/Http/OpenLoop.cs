using System.Diagnostics;
using System.Threading.Channels;

namespace Ecart.Bench.Http;

/// <summary>Sends requests when they are due, whatever became of those before. Connections are opened once.</summary>
internal sealed class OpenLoop(Uri address, int connections) : IDisposable
{
    private readonly HttpConnection[] open = [.. Enumerable.Range(0, connections).Select(_ => new HttpConnection(address))];

    /// <summary>Runs so many requests at a rate.</summary>
    public async Task<LatencyResult> RunAsync(IEnumerator<byte[]> requests, int rate, int count, CancellationToken cancellationToken)
    {
        var texts = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            if (!requests.MoveNext()) throw new InvalidOperationException("The simulated events are used up: run fewer or shorter rounds.");
            texts[i] = requests.Current;
        }

        var latencies = new double[count];
        int failures = 0;
        var due = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleWriter = true });
        long start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        long DueAt(int request) => start + (long)((double)request / rate * Stopwatch.Frequency);
        Task[] senders = [.. open.Select(connection => Task.Run(
            async () =>
            {
                await foreach (int request in due.Reader.ReadAllAsync(cancellationToken))
                {
                    if (!await connection.SendAsync(texts[request], cancellationToken)) Interlocked.Increment(ref failures);
                    latencies[request] = Stopwatch.GetElapsedTime(DueAt(request)).TotalMilliseconds;
                }
            },
            cancellationToken))];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (int next = 0; next < count;)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            for (long now = Stopwatch.GetTimestamp(); next < count && DueAt(next) <= now; next++) due.Writer.TryWrite(next);
        }

        due.Writer.Complete();
        await Task.WhenAll(senders);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Array.Sort(latencies);
        return new LatencyResult(latencies, failures, elapsed);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        foreach (HttpConnection connection in open) connection.Dispose();
    }
}
