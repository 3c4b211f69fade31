using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Tests.Live;

/// <summary>What must be told of each item of a stream, as plainly as it can be said.</summary>
internal static class ExpectedOutcomes
{
    public static List<Told> Of(IEnumerable<ReplayItem> items)
    {
        var contents = new Dictionary<string, ulong>(StringComparer.Ordinal);
        var labels = new Dictionary<string, bool>(StringComparer.Ordinal);
        var outcomes = new List<Told>();
        foreach (ReplayItem item in items)
        {
            if (item.Event is { } domainEvent)
            {
                if (contents.TryAdd(domainEvent.EventUid, domainEvent.ContentHash)) outcomes.Add(Told.Stored);
                else outcomes.Add(contents[domainEvent.EventUid] == domainEvent.ContentHash ? Told.Known : Told.Rejected);
            }
            else if (item.Label is not { } label || !contents.ContainsKey(label.EventUid))
            {
                outcomes.Add(Told.Rejected);
            }
            else
            {
                bool isKnown = labels.TryGetValue(label.EventUid, out bool before) && before == label.IsFraud;
                outcomes.Add(isKnown ? Told.Known : Told.Applied);
                labels[label.EventUid] = label.IsFraud;
            }
        }

        return outcomes;
    }
}
