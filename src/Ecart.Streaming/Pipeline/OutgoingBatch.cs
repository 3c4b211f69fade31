using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.Streaming.Pipeline;

/// <summary>What one transaction is going to write, with the verdicts' memory. Reused after the commit.</summary>
internal sealed class OutgoingBatch(int dimension)
{
    private readonly List<Verdict> verdicts = [];
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

    public void Clear()
    {
        used = 0;
        Commit.Clear();
        Tally.Clear();
    }
}
