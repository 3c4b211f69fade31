using Ecart.MariaDb.Writing;
using Ecart.MariaDb.Reading;
using Ecart.Simulation;

namespace Ecart.App.Demo;

/// <summary>What was flagged, compared with what the simulator knows.</summary>
internal sealed class DemoTruth
{
    private readonly Dictionary<FraudKind, KindCount> kinds = [];

    /// <summary>Events flagged that are fraud.</summary>
    public int TruePositives { get; private set; }

    /// <summary>Events flagged that are genuine.</summary>
    public int FalsePositives { get; private set; }

    /// <summary>Fraudulent events.</summary>
    public int Frauds { get; private set; }

    /// <summary>Events.</summary>
    public int Events { get; private set; }

    /// <summary>Share of flagged events that are fraud; NaN when none is flagged.</summary>
    public double Precision => (double)TruePositives / (TruePositives + FalsePositives);

    /// <summary>Share of fraudulent events that are flagged; NaN without fraud.</summary>
    public double Recall => (double)TruePositives / Frauds;

    /// <summary>Counts by kind of fraud, in the order of the enumeration.</summary>
    public IEnumerable<KindCount> Kinds => kinds.Values.OrderBy(kind => kind.Kind);

    /// <summary>Compares the store with a simulation run again.</summary>
    public static async Task<DemoTruth> CompareAsync(
        string connectionString, TransactionSimulatorOptions world, CancellationToken cancellationToken)
    {
        HashSet<string> flagged = await new EventLog(connectionString, static () => new TransactionTable()).ReadFlaggedUidsAsync(cancellationToken).ConfigureAwait(false);
        var truth = new DemoTruth();
        foreach (SimulatedTransaction simulated in new TransactionSimulator(world).Generate())
        {
            cancellationToken.ThrowIfCancellationRequested();
            truth.Count(in simulated, flagged.Contains(simulated.Event.EventUid));
        }

        return truth;
    }

    private void Count(in SimulatedTransaction simulated, bool isFlagged)
    {
        Events++;
        if (!simulated.IsFraud)
        {
            if (isFlagged) FalsePositives++;
            return;
        }

        Frauds++;
        if (isFlagged) TruePositives++;
        if (!kinds.TryGetValue(simulated.Truth, out KindCount? kind)) kinds.Add(simulated.Truth, kind = new KindCount(simulated.Truth));
        kind.Count(simulated.Incident, isFlagged);
    }

    /// <summary>One kind of fraud.</summary>
    internal sealed class KindCount(FraudKind kind)
    {
        private readonly HashSet<int> incidents = [];
        private readonly HashSet<int> found = [];

        public FraudKind Kind => kind;

        public int Events { get; private set; }

        public int Flagged { get; private set; }

        /// <summary>Frauds as a victim sees them: a burst of ten payments is one.</summary>
        public int Incidents => incidents.Count;

        /// <summary>Incidents of which at least one event was flagged.</summary>
        public int Found => found.Count;

        public void Count(int incident, bool isFlagged)
        {
            Events++;
            incidents.Add(incident);
            if (!isFlagged) return;
            Flagged++;
            found.Add(incident);
        }
    }
}
