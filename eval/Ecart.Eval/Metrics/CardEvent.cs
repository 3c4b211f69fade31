namespace Ecart.Eval.Metrics;

/// <summary>One transaction as <see cref="CardPrecision"/> sees it.</summary>
/// <param name="Day">Day of the transaction.</param>
/// <param name="Card">The card.</param>
/// <param name="Score">Higher is stranger; finite.</param>
/// <param name="IsFraud">Whether it was fraud.</param>
internal readonly record struct CardEvent(DateOnly Day, string Card, double Score, bool IsFraud);
