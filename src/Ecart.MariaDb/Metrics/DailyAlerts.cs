namespace Ecart.MariaDb.Metrics;

/// <summary>The alerts of one day's events.</summary>
/// <param name="All">All of them.</param>
/// <param name="Low">Of severity low.</param>
/// <param name="Medium">Of severity medium.</param>
/// <param name="High">Of severity high.</param>
/// <param name="Critical">Of severity critical.</param>
/// <param name="Confirmed">Confirmed by people.</param>
/// <param name="FalsePositives">Declared false by people.</param>
public sealed record DailyAlerts(int All, int Low, int Medium, int High, int Critical, int Confirmed, int FalsePositives)
{
    /// <summary>None at all.</summary>
    public static DailyAlerts None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Share of the decided ones that were confirmed; null when nobody has decided any.</summary>
    public double? Precision => Confirmed + FalsePositives == 0 ? null : Confirmed / (double)(Confirmed + FalsePositives);
}
