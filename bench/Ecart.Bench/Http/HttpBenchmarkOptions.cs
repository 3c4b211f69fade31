namespace Ecart.Bench.Http;

/// <summary>What the HTTP benchmark runs.</summary>
/// <param name="Rate">Requests a second, 10 to 100,000.</param>
/// <param name="Seconds">Seconds of a run that count, 1 to 3,600.</param>
/// <param name="WarmUpSeconds">Seconds before the first run, which do not count.</param>
/// <param name="Rounds">Runs that the median is taken of, 1 to 99.</param>
/// <param name="Connections">Connections that share the requests, 1 to 1,000.</param>
internal sealed record HttpBenchmarkOptions(int Rate, int Seconds, int WarmUpSeconds, int Rounds, int Connections)
{
    /// <summary>A minute and a half.</summary>
    public static HttpBenchmarkOptions Default { get; } = new(2000, 12, 15, 5, 64);

    /// <summary>Enough to see that it works, too short for a figure to quote.</summary>
    public static HttpBenchmarkOptions Quick { get; } = new(2000, 4, 6, 1, 64);
}
