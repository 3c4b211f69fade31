using Ecart.Domains.Transactions;

namespace Ecart.Eval.FraudHandbook.Unsupervised;

/// <summary>
/// The fifteen features of the handbook: amount, weekend, night; number and mean amount of the card's payments, this one included, over 1, 7 and 30 days; number of
/// payments and share of fraud at the terminal over 1, 7 and 30 days that ended 7 days ago.
/// </summary>
internal sealed class HandbookFeatures
{
    /// <summary>How many there are.</summary>
    public const int Count = 15;

    private static readonly int[] Windows = [1, 7, 30];
    private readonly Dictionary<string, EntityPast> cards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityPast> terminals = new(StringComparer.Ordinal);

    /// <summary>The features of the next transaction in order of time, which is taken in.</summary>
    public float[] Next(TransactionEvent transaction, bool isFraud)
    {
        DateTime at = transaction.OccurredAt;
        EntityPast card = PastOf(cards, transaction.AccountId);
        EntityPast terminal = PastOf(terminals, transaction.MerchantId ?? string.Empty);
        card.Add(at, transaction.ScoredAmount);
        terminal.Add(at, isFraud ? 1 : 0);
        var features = new List<float>
        {
            (float)transaction.ScoredAmount,
            at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0,
            at.Hour <= 6 ? 1 : 0,
        };
        foreach (int days in Windows) AddWindow(features, card.Window(at, days));
        foreach (int days in Windows) AddWindow(features, terminal.Window(at.AddDays(-FraudHandbookSplit.LabelDelayDays), days));
        return [.. features];
    }

    private static void AddWindow(List<float> features, (int Count, double Mean) window)
    {
        features.Add(window.Count);
        features.Add((float)window.Mean);
    }

    private static EntityPast PastOf(Dictionary<string, EntityPast> pasts, string id)
    {
        if (!pasts.TryGetValue(id, out EntityPast? past)) pasts.Add(id, past = new EntityPast());
        return past;
    }
}
