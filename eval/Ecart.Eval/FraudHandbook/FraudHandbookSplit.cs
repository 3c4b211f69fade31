namespace Ecart.Eval.FraudHandbook;

/// <summary>Training and test days of a run, and which test transactions count.</summary>
/// <param name="Training">
/// Only its first day matters here, because nothing is trained: from it on, cards whose fraud is known are no longer in use.
/// </param>
/// <param name="Test">The days that are measured.</param>
internal readonly record struct FraudHandbookSplit(DayRange Training, DayRange Test)
{
    /// <summary>Days until a fraud is known.</summary>
    public const int LabelDelayDays = 7;

    /// <summary>The published test week and training week.</summary>
    public static FraudHandbookSplit Published { get; } =
        Of(null, new DayRange(new DateOnly(2018, 8, 8), new DateOnly(2018, 8, 14)));

    /// <summary>The split for the ranges that were given; the other range takes a week beside it with the delay between.</summary>
    public static FraudHandbookSplit Of(DayRange? training, DayRange? test)
    {
        const int Week = 7;
        if (test is null && training is null) return Published;
        DayRange measured = test ?? new DayRange(training!.Value.Last.AddDays(LabelDelayDays + 1), training.Value.Last.AddDays(LabelDelayDays + Week));
        DayRange trained = training ?? new DayRange(measured.First.AddDays(-LabelDelayDays - Week), measured.First.AddDays(-LabelDelayDays - 1));
        return new FraudHandbookSplit(trained, measured);
    }

    /// <summary>
    /// The test transactions that count: on test day t those of cards without a fraud from the first training day through day t − 8. Their
    /// fraud is known by then, and the card is blocked.
    /// </summary>
    /// <param name="transactions">Every transaction from the first training day to the last test day, in any order.</param>
    public IReadOnlyList<ScoredTransaction> Select(IReadOnlyList<ScoredTransaction> transactions)
    {
        DateOnly firstTraining = Training.First;
        DayRange test = Test;
        Dictionary<string, DateOnly> firstFraud = transactions
            .Where(transaction => transaction.IsFraud && transaction.Day >= firstTraining)
            .GroupBy(transaction => transaction.Account, StringComparer.Ordinal)
            .ToDictionary(card => card.Key, card => card.Min(transaction => transaction.Day), StringComparer.Ordinal);
        return [.. transactions.Where(transaction =>
            test.Contains(transaction.Day)
            && !(firstFraud.TryGetValue(transaction.Account, out DateOnly fraud) && fraud <= transaction.Day.AddDays(-LabelDelayDays - 1)))];
    }
}
