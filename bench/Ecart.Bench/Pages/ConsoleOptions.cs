namespace Ecart.Bench.Pages;

/// <summary>What the console benchmark runs.</summary>
/// <param name="Events">Events in the store, 1,000 to 100,000,000.</param>
/// <param name="Alerts">Alerts in the store, at most as many as events.</param>
/// <param name="Accounts">Accounts of the events.</param>
/// <param name="Requests">Requests of each kind that count.</param>
internal sealed record ConsoleOptions(int Events, int Alerts, int Accounts, int Requests)
{
    /// <summary>A million events.</summary>
    public static ConsoleOptions Default { get; } = new(1_000_000, 50_000, 2500, 200);

    /// <summary>Enough to see that it works, too little for a figure to quote.</summary>
    public static ConsoleOptions Quick { get; } = new(20_000, 2000, 200, 20);
}
