using System.Globalization;

namespace Ecart.Checker.Service;

/// <summary>Reads what a running service says of itself, over HTTP and from /proc.</summary>
internal sealed class ServiceMetrics(Uri address) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Waits until the service is ready.</summary>
    public async Task WaitUntilReadyAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        for (; ; await Task.Delay(Pause, timeProvider, cancellationToken))
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }

    /// <summary>Durable events and bytes of the managed heap that the last full collection left.</summary>
    /// <exception cref="InvalidOperationException">The service does not say them.</exception>
    public async Task<(double Events, double Managed)> ReadAsync(CancellationToken cancellationToken)
    {
        string text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);
        return (Sum(text, "ecart_events_total"), Sum(text, "ecart_memory_live_bytes"));
    }

    /// <summary>Bytes of memory that a process holds.</summary>
    public static double ReadResident(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    public void Dispose() => client.Dispose();

    private static double Sum(string text, string name)
    {
        double sum = 0;
        bool isFound = false;
        foreach (string line in text.Split('\n'))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal) || line.Length == name.Length || line[name.Length] is not ('{' or ' ')) continue;
            string rest = line[(line.LastIndexOf('}') + 1)..];
            string[] parts = (rest.Length == line.Length ? line[name.Length..] : rest).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            sum += double.Parse(parts[0], CultureInfo.InvariantCulture);
            isFound = true;
        }

        return isFound ? sum : throw new InvalidOperationException($"/metrics does not say {name}.");
    }
}
