using Ecart.Scoring;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Cluster;

/// <summary>Tells a source what became of an item at the node that owns its lane.</summary>
internal static class ReceiptTelling
{
    public static void Tell(in IntakeItem item, in ItemOutcome outcome)
    {
        if (item.Receipt is not { } receipt) return;
        switch (outcome.Kind)
        {
            case ItemOutcomeKind.Stored:
                ScoredEvent scored = VerdictCodec.Read(outcome.Scored!, item.Item.Event!);
                receipt.Stored(in scored);
                break;
            case ItemOutcomeKind.Applied:
                receipt.Applied();
                break;
            case ItemOutcomeKind.Rejected:
                receipt.Rejected(outcome.Rejection!);
                break;
            default:
                receipt.Known();
                break;
        }
    }
}
