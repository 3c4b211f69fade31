namespace Ecart.Bench.Growth;

/// <summary>What the growth benchmark runs.</summary>
/// <param name="Populations">Numbers of accounts, each known to the store before its runs.</param>
/// <param name="Events">Events of a run.</param>
/// <param name="MostResident">Accounts in memory, at most.</param>
/// <param name="CapMebibytes">Managed memory that no run may exceed.</param>
internal sealed record GrowthOptions(IReadOnlyList<int> Populations, int Events, int MostResident, int CapMebibytes)
{
    /// <summary>Three minutes on two cores.</summary>
    public static GrowthOptions Default { get; } = new([1_000, 10_000, 100_000, 1_000_000], 200_000, 50_000, 1024);

    /// <summary>Under a minute: enough to see that the cap holds, too short for a figure to quote.</summary>
    public static GrowthOptions Quick { get; } = new([1_000, 10_000], 30_000, 5_000, 256);
}
