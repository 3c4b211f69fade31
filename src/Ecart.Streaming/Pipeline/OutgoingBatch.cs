using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Pipeline;

/// <summary>What one transaction is going to write, with the verdicts' memory. Reused after the commit.</summary>
internal sealed class OutgoingBatch(int dimension)
{
    private readonly List<Verdict> verdicts = [];
    private readonly List<Told> told = [];
    private int used;

    public CommitBatch Commit { get; } = new();

    public BatchTally Tally { get; } = new();

    /// <summary>Log entries in the batch: events and labels.</summary>
    public int Entries => Commit.Events.Count + Commit.Labels.Count;

    public Verdict RentVerdict()
    {
        if (used == verdicts.Count) verdicts.Add(new Verdict(dimension));
        return verdicts[used++];
    }

    /// <summary>Remembers whom to tell of a scored event.</summary>
    public void TellStored(IReceipt? receipt, in ScoredEvent scored)
    {
        if (receipt is not null) told.Add(new Told(receipt, Outcome.Stored, scored, null));
    }

    /// <summary>Remembers whom to tell of an applied label.</summary>
    public void TellApplied(IReceipt? receipt)
    {
        if (receipt is not null) told.Add(new Told(receipt, Outcome.Applied, default, null));
    }

    /// <summary>Remembers whom to tell of what was known before.</summary>
    public void TellKnown(IReceipt? receipt)
    {
        if (receipt is not null) told.Add(new Told(receipt, Outcome.Known, default, null));
    }

    /// <summary>Remembers whom to tell of a rejected record.</summary>
    public void TellRejected(IReceipt? receipt, RejectedRecord rejected)
    {
        if (receipt is not null) told.Add(new Told(receipt, Outcome.Rejected, default, rejected));
    }

    /// <summary>Remembers whom to tell that an item's lane has another owner.</summary>
    public void TellElsewhere(IReceipt? receipt, int lane)
    {
        if (receipt is not null) told.Add(new Told(receipt, Outcome.Elsewhere, new ScoredEvent(null!, null!, lane, 0), null));
    }

    /// <summary>The batch is durable: tells everyone.</summary>
    public void Tell()
    {
        foreach (Told one in told)
        {
            switch (one.Outcome)
            {
                case Outcome.Stored:
                    ScoredEvent scored = one.Scored;
                    one.Receipt.Stored(in scored);
                    break;
                case Outcome.Applied:
                    one.Receipt.Applied();
                    break;
                case Outcome.Known:
                    one.Receipt.Known();
                    break;
                case Outcome.Elsewhere:
                    one.Receipt.Abandoned(new LaneElsewhereException(one.Scored.Lane));
                    break;
                default:
                    one.Receipt.Rejected(one.Rejection!);
                    break;
            }
        }
    }

    public void Clear()
    {
        used = 0;
        told.Clear();
        Commit.Clear();
        Tally.Clear();
    }

    private enum Outcome : byte
    {
        Stored,
        Applied,
        Known,
        Rejected,
        Elsewhere,
    }

    private readonly record struct Told(IReceipt Receipt, Outcome Outcome, ScoredEvent Scored, RejectedRecord? Rejection);
}
