namespace Ecart.Eval.FraudHandbook;

/// <summary>A transaction with what the engine said of it and what was true.</summary>
/// <param name="Uid">Its id.</param>
/// <param name="Day">Its day.</param>
/// <param name="Account">The card.</param>
/// <param name="Score">The verdict's rank score.</param>
/// <param name="Scenario">How it was fraud; null when it was none.</param>
internal readonly record struct ScoredTransaction(string Uid, DateOnly Day, string Account, double Score, string? Scenario)
{
    /// <summary>Whether it was fraud.</summary>
    public bool IsFraud => Scenario is not null;
}
