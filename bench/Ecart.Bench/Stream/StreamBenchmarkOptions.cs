namespace Ecart.Bench.Stream;

/// <summary>What the stream benchmark runs.</summary>
/// <param name="Events">Events of a run, 1,000 to 5,000,000.</param>
/// <param name="LoopEvents">Events of a run of the loop, 100 to 1,000,000.</param>
/// <param name="Rounds">Rounds that the medians are taken of, 1 to 99.</param>
/// <param name="Accounts">Accounts that make the events, 10 to 1,000,000.</param>
internal sealed record StreamBenchmarkOptions(int Events, int LoopEvents, int Rounds, int Accounts)
{
    /// <summary>Three to five minutes on two cores.</summary>
    public static StreamBenchmarkOptions Default { get; } = new(300_000, 10_000, 5, 2500);

    /// <summary>Under a minute: enough to see that it works, too short for a figure to quote.</summary>
    public static StreamBenchmarkOptions Quick { get; } = new(60_000, 2000, 1, 1000);
}
