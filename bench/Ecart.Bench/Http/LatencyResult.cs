using System.Globalization;

namespace Ecart.Bench.Http;

/// <summary>Latencies of one run.</summary>
/// <param name="sorted">Milliseconds from due to answered, ascending.</param>
/// <param name="failures">Answers other than 200.</param>
/// <param name="elapsed">From the first request due to the last answer.</param>
internal sealed class LatencyResult(double[] sorted, int failures, TimeSpan elapsed)
{
    public int Failures => failures;

    public double PerSecond => sorted.Length / elapsed.TotalSeconds;

    /// <summary>The latency that a share of requests did not exceed.</summary>
    public double Percentile(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{PerSecond:N0}/s, p50 {Percentile(0.5):F1} ms, p90 {Percentile(0.9):F1}, p99 {Percentile(0.99):F1}, p99.9 {Percentile(0.999):F1}, most {sorted[^1]:F1}, {failures} failed");
}
