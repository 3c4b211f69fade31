namespace Ecart.Eval.Metrics;

/// <summary>
/// Card precision@k of the Fraud Detection Handbook (chapter 4, Precision top-k): each day the k cards with the highest scores are
/// investigated; the share of them that had a fraud that day, averaged over the days. A card found on one day is blocked and no
/// longer counts on later ones.
/// </summary>
internal static class CardPrecision
{
    /// <summary>Averages over the days that have events.</summary>
    /// <param name="events">The events; a card's score and label of a day are the highest of its events.</param>
    /// <param name="investigated">Cards that can be investigated a day, k. Always the denominator, even with fewer cards.</param>
    /// <returns>0 to 1, NaN without events.</returns>
    public static double At(IEnumerable<CardEvent> events, int investigated)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(investigated, 1);
        var found = new HashSet<string>(StringComparer.Ordinal);
        double sum = 0;
        int days = 0;
        foreach (IGrouping<DateOnly, CardEvent> day in events.GroupBy(item => item.Day).OrderBy(group => group.Key))
        {
            string[] hits = [.. FraudsAmongTop(day.Where(item => !found.Contains(item.Card)), investigated)];
            found.UnionWith(hits);
            sum += (double)hits.Length / investigated;
            days++;
        }

        return sum / days;
    }

    /// <summary>Equal scores are taken in the order of the cards' names, so that the result does not depend on the order of events.</summary>
    private static IEnumerable<string> FraudsAmongTop(IEnumerable<CardEvent> day, int investigated) => day
        .GroupBy(item => item.Card, StringComparer.Ordinal)
        .Select(card => (Card: card.Key, Score: card.Max(item => item.Score), IsFraud: card.Any(item => item.IsFraud)))
        .OrderByDescending(card => card.Score)
        .ThenBy(card => card.Card, StringComparer.Ordinal)
        .Take(investigated)
        .Where(card => card.IsFraud)
        .Select(card => card.Card);
}
