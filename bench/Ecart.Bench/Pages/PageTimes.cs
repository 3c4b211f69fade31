using System.Diagnostics;
using System.Net.Http.Headers;

namespace Ecart.Bench.Pages;

/// <summary>Asks for one address after the other, as one person does, and measures until the whole answer is there.</summary>
internal sealed class PageTimes : IDisposable
{
    private readonly HttpClient client;

    public PageTimes(Uri address, string key)
    {
        client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Milliseconds of each request, ascending.</summary>
    /// <exception cref="InvalidOperationException">One was not answered with 200.</exception>
    public async Task<double[]> MeasureAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        foreach (string path in paths)
        {
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await client.GetAsync(path, cancellationToken);
            await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path} was answered with {(int)answer.StatusCode}.");
        }

        times.Sort();
        return [.. times];
    }

    /// <summary>The time that a share of requests did not exceed.</summary>
    public static double Percentile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    public void Dispose() => client.Dispose();
}
