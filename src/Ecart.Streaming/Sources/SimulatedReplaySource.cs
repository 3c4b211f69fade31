using Ecart.Simulation;

namespace Ecart.Streaming.Sources;

/// <summary>Simulated transactions as a replay source; reported fraud becomes a label after the delay. Not thread-safe: one reader.</summary>
public sealed class SimulatedReplaySource : IReplaySource
{
    private readonly IEnumerator<SimulatedTransaction> transactions;
    private readonly LabelledStream stream;
    private readonly LabelledStream.TryReadLabelled readNext;
    private readonly long startTicks;
    private readonly double spanTicks;
    private readonly double reportedShare;

    /// <summary>Makes a source.</summary>
    /// <param name="options">The simulated world.</param>
    /// <param name="labels">What to do with its truth; <see cref="TransactionSimulatorOptions.ReportedShare"/> of the fraud is ever reported.</param>
    public SimulatedReplaySource(TransactionSimulatorOptions options, ReplayLabels labels)
    {
        transactions = new TransactionSimulator(options).Generate().GetEnumerator();
        stream = new LabelledStream(labels);
        readNext = TryReadTransaction;
        startTicks = options.Start.Ticks;
        spanTicks = TimeSpan.FromDays(options.Days).Ticks;
        reportedShare = options.ReportedShare;
        Name = NameOf(options, labels);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long Position { get; private set; }

    /// <inheritdoc/>
    public string? Failure => null;

    /// <inheritdoc/>
    public double Progress { get; private set; }

    /// <summary>The name under which positions of a simulation are kept: another world, or labels treated otherwise, is another source.</summary>
    public static string NameOf(TransactionSimulatorOptions options, ReplayLabels labels) => SourceIdentity.Name(
        $"simulation of {options.Accounts} accounts over {options.Days} days, seed {options.Seed}", $"{options}|{labels}");

    /// <inheritdoc/>
    public bool TryRead(out ReplayItem item)
    {
        if (!stream.TryRead(readNext, out item)) return false;
        Position++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => transactions.Dispose();

    private bool TryReadTransaction(out ReplayItem item, out DateTime? fraudKnownAt)
    {
        item = default;
        fraudKnownAt = null;
        if (!transactions.MoveNext()) return false;
        SimulatedTransaction simulated = transactions.Current;
        item = new ReplayItem(simulated.Event, null, null, "simulation", Position + 1);
        if (simulated.IsFraud && IsReported(simulated.Event.EventUid)) fraudKnownAt = stream.KnownAt(simulated.Event.OccurredAt, null);
        Progress = Math.Clamp((simulated.Event.OccurredAt.Ticks - startTicks) / spanTicks, 0, 1);
        return true;
    }

    /// <summary>Decides by the uid alone, so that it does not matter where a run began.</summary>
    private bool IsReported(string uid) => Embedding.FeatureHash.Of(uid) < reportedShare * ulong.MaxValue;
}
