namespace Ecart.MariaDb.Entities;

/// <summary>What is usual for an account.</summary>
/// <param name="MeanAmount">Mean amount.</param>
/// <param name="MaximumAmount">Largest amount.</param>
/// <param name="MeanLogAmount">Mean of ln(1 + amount).</param>
/// <param name="DeviationLogAmount">Standard deviation of that.</param>
/// <param name="MeanDailyTransactions">Transactions a day.</param>
/// <param name="HourlyCounts">Transactions by local hour, 24 numbers.</param>
/// <param name="Categories">Merchant categories, the most frequent first.</param>
/// <param name="Countries">Countries, the most frequent first.</param>
public sealed record AccountFigures(
    double MeanAmount,
    double MaximumAmount,
    double MeanLogAmount,
    double DeviationLogAmount,
    double MeanDailyTransactions,
    IReadOnlyList<double> HourlyCounts,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Countries)
{
    /// <summary>Amounts between which nineteen of twenty lie.</summary>
    public (double From, double To) Usual =>
        (Math.Max(0, Math.Exp(MeanLogAmount - (2 * DeviationLogAmount)) - 1), Math.Exp(MeanLogAmount + (2 * DeviationLogAmount)) - 1);
}
