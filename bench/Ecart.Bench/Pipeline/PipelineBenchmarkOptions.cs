namespace Ecart.Bench.Pipeline;

/// <summary>What the pipeline benchmark runs.</summary>
/// <param name="Events">Events of a run, 1,000 to 5,000,000.</param>
/// <param name="Rounds">Rounds that the medians are taken of, 1 to 99.</param>
/// <param name="Accounts">Accounts that make the events, 10 to 1,000,000.</param>
internal sealed record PipelineBenchmarkOptions(int Events, int Rounds, int Accounts)
{
    /// <summary>Three to five minutes on two cores.</summary>
    public static PipelineBenchmarkOptions Default { get; } = new(300_000, 5, 2500);

    /// <summary>Under a minute: enough to see that it works, too short for a figure to quote.</summary>
    public static PipelineBenchmarkOptions Quick { get; } = new(40_000, 2, 1000);
}
