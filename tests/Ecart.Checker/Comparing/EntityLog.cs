using Ecart.Checker.Producing;

namespace Ecart.Checker.Comparing;

/// <summary>
/// What the stored log must be where only the order of each entity is promised: every account's events as they were produced, every event's labels as
/// they were produced. Fed with the stored log in its order.
/// </summary>
internal sealed class EntityLog(Findings findings)
{
    private readonly Dictionary<string, List<string>> byAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> byEvent = new(StringComparer.Ordinal);

    /// <summary>Takes note of a stored event.</summary>
    public void AddEvent(string account, string uid) => Add(byAccount, account, uid);

    /// <summary>Takes note of a stored label.</summary>
    public void AddLabel(string uid, bool isFraud, bool? previous) => Add(byEvent, uid, Text(isFraud, previous));

    /// <summary>Compares with what was produced.</summary>
    public void Compare(IReadOnlyList<ProducedItem> items)
    {
        var events = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var labels = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (ProducedItem item in items)
        {
            if (item.Event is { } transaction && seen.Add(transaction.EventUid)) Add(events, transaction.AccountId, transaction.EventUid);
            if (item.Label is not { } label) continue;
            bool? previous = known.TryGetValue(label.EventUid, out bool before) ? before : null;
            if (previous == label.IsFraud) continue;
            known[label.EventUid] = label.IsFraud;
            Add(labels, label.EventUid, Text(label.IsFraud, previous));
        }

        Compare("order of an account differs", events, byAccount);
        Compare("labels of an event differ", labels, byEvent);
    }

    private void Compare(string kind, Dictionary<string, List<string>> expected, Dictionary<string, List<string>> found)
    {
        foreach (string key in expected.Keys.Union(found.Keys))
        {
            List<string> right = expected.GetValueOrDefault(key) ?? [];
            List<string> actual = found.GetValueOrDefault(key) ?? [];
            if (right.SequenceEqual(actual)) continue;
            int same = right.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
            findings.Add(kind, $"{key}, from place {same} on: expected {Some(right, same)}, found {Some(actual, same)}");
        }
    }

    private static string Some(List<string> all, int from) => $"[{string.Join(", ", all.Skip(from).Take(3))}] of {all.Count}";

    private static string Text(bool isFraud, bool? previous) => $"{previous?.ToString() ?? "none"} to {isFraud}";

    private static void Add(Dictionary<string, List<string>> lists, string key, string value)
    {
        if (!lists.TryGetValue(key, out List<string>? list)) lists.Add(key, list = []);
        list.Add(value);
    }
}
