using Ecart.Domains.Transactions;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>A log of a few accounts: events, some of them late, some too late, and labels, some of which correct others.</summary>
internal sealed class LogCase
{
    public const int Lanes = 4;

    private LogCase(IReadOnlyList<Entry> entries) => Entries = entries;

    public IReadOnlyList<Entry> Entries { get; }

    public static LogCase Make(ulong seed, int days)
    {
        var random = new SeededRandom(seed);
        var simulator = new TransactionSimulator(new TransactionSimulatorOptions
        {
            Seed = seed,
            Accounts = 12,
            Merchants = 80,
            Days = days,
            QuietDays = days / 3,
            TransactionsPerDay = 1.5,
            IncidentsPerDay = 25,
            CompromisedMerchants = 20,
        });
        var entries = new List<(DateTime Arrival, Entry Entry)>();
        foreach (var simulated in simulator.Generate())
        {
            var at = simulated.Event.OccurredAt;
            var arrival = random.Chance(0.1) ? at.AddHours(random.Between(0, 30)) : at;
            entries.Add((arrival, new Entry(simulated.Event, null)));
            if (!simulated.IsFraud && !random.Chance(0.05)) continue;
            var known = arrival.AddDays(random.Between(0.1, 10));
            entries.Add((known, new Entry(simulated.Event, simulated.IsFraud)));
            if (random.Chance(0.2)) entries.Add((known.AddDays(random.Between(0.1, 5)), new Entry(simulated.Event, !simulated.IsFraud)));
        }

        AddComebacks(entries, random);
        return new LogCase([.. entries.OrderBy(entry => entry.Arrival).Select(entry => entry.Entry)]);
    }

    /// <summary>After a gap in which every history is forgotten, some fraud, and later events at merchants unseen since before the gap.</summary>
    private static void AddComebacks(List<(DateTime Arrival, Entry Entry)> entries, SeededRandom random)
    {
        var end = entries.Max(entry => entry.Arrival);
        var again = entries.Where(entry => entry.Entry.Label is null && random.Chance(0.15)).Select(entry => entry.Entry.Event).ToList();
        for (var i = 0; i < again.Count; i++)
        {
            var at = end.AddDays((i % 3 == 0 ? 60 : 72) + random.Between(0, 1));
            var transaction = At(TransactionCase.At(0, 30, again[i].AccountId, again[i].MerchantId, uid: again[i].EventUid + "-again"), at);
            entries.Add((at, new Entry(transaction, null)));
            if (i % 3 == 0) entries.Add((at.AddHours(1), new Entry(transaction, true)));
        }
    }

    private static TransactionEvent At(TransactionEvent transaction, DateTime at) => new()
    {
        EventUid = transaction.EventUid,
        OccurredAt = new DateTime(at.Ticks / 10 * 10, DateTimeKind.Utc),
        AccountId = transaction.AccountId,
        Amount = transaction.Amount,
        ScoredAmount = transaction.ScoredAmount,
        MerchantId = transaction.MerchantId,
    };

    /// <summary>An event, or a label of an earlier one.</summary>
    internal sealed record Entry(TransactionEvent Event, bool? Label);

    /// <summary>Runs the log through engines as lanes do, and keeps of each verdict what the store keeps.</summary>
    internal sealed class Runner(TransactionEngine engine)
    {
        private readonly long[] seqs = new long[Lanes];
        private readonly List<(int Lane, Action<TransactionEngine> Refold)> log = [];
        private readonly Dictionary<string, ScoredEvent> stored = [];
        private readonly Dictionary<string, bool> labels = [];

        public List<string> Verdicts { get; } = [];

        public int Count => log.Count;

        private TransactionEngine engine = engine;

        public void Run(IEnumerable<Entry> entries)
        {
            foreach (var entry in entries) Run(entry);
        }

        /// <summary>Goes on with another engine: the state of a checkpoint, then the log after it, lane by lane.</summary>
        public void Restart(TransactionEngine fresh, StateStore checkpoint, int checkpointed)
        {
            checkpoint.RestoreTo(fresh);
            foreach (var (_, refold) in log.Skip(checkpointed).OrderBy(entry => entry.Lane)) refold(fresh);
            engine = fresh;
        }

        public void Checkpoint(StateStore store) => engine.WriteCheckpoint(store);

        /// <summary>Runs the log in batches, as an engine whose memory is bounded is run: checkpoints become durable some batches after they were written.</summary>
        /// <returns>Entities dropped.</returns>
        public int RunBounded(IReadOnlyList<Entry> entries, StateStore store, int mostResident, SeededRandom random)
        {
            var written = new Queue<StateStore>();
            var dropped = 0;
            for (var from = 0; from < entries.Count;)
            {
                var batch = entries.Skip(from).Take(1 + random.Next(mostResident)).ToArray();
                from += batch.Length;
                var missing = batch.Select(entry => entry.Event.AccountId).Distinct().Where(id => !engine.TryUse(id)).ToArray();
                dropped += engine.Evict(mostResident - missing.Length);
                foreach (var id in missing) store.RestoreTo(engine, engine.EntityType, id);
                Run(batch);
                if (random.Chance(0.7)) written.Enqueue(NewCheckpoint());
                while (written.Count > random.Next(3))
                {
                    store.Add(written.Dequeue());
                    engine.KeepCheckpoint();
                }
            }

            return dropped;
        }

        private StateStore NewCheckpoint()
        {
            var checkpoint = new StateStore();
            Checkpoint(checkpoint);
            return checkpoint;
        }

        private void Run(Entry entry)
        {
            var lane = entry.Event.AccountId[^1] % Lanes;
            var seq = ++seqs[lane];
            if (entry.Label is { } isFraud)
            {
                bool? previous = labels.TryGetValue(entry.Event.EventUid, out var label) ? label : null;
                var target = stored[entry.Event.EventUid];
                labels[entry.Event.EventUid] = isFraud;
                engine.ApplyLabel(Read(in target), isFraud, previous, seq);
                log.Add((lane, other => other.ApplyLabel(Read(in target), isFraud, previous, seq)));
                return;
            }

            var verdict = new Verdict(TransactionLayout.Dimension);
            engine.Score(entry.Event, verdict);
            engine.Learn(new ScoredEvent(entry.Event, verdict, lane, seq));
            Verdicts.Add(verdict.Fingerprint());
            var kept = new ScoredEvent(entry.Event, Kept(verdict), lane, seq);
            stored[entry.Event.EventUid] = kept;
            log.Add((lane, other => other.Refold(Read(in kept))));
        }

        /// <summary>As a store is read: each time anew.</summary>
        private static ScoredEvent Read(in ScoredEvent stored) => stored with { Verdict = Kept(stored.Verdict) };

        private static Verdict Kept(Verdict verdict)
        {
            var kept = new Verdict(TransactionLayout.Dimension);
            kept.Clear();
            verdict.Embedding.CopyTo(kept.Embedding, 0);
            if (verdict.HasLayout) verdict.Layout.CopyTo(kept.UseLayout());
            kept.EmbeddingVersion = verdict.EmbeddingVersion;
            kept.DistanceToProfile = verdict.DistanceToProfile;
            kept.Surprise = verdict.Surprise;
            kept.LearnedDistance = verdict.LearnedDistance;
            kept.LearnedValue = verdict.LearnedValue;
            kept.IsLate = verdict.IsLate;
            kept.IsLearned = verdict.IsLearned;
            return kept;
        }
    }
}
