using Ecart.Bench.Pipeline;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Messages;
using MySqlConnector;

namespace Ecart.Bench.Stream;

/// <summary>
/// What a program does that takes one event at a time: the same decoding and scoring, then one durable transaction with prepared statements on a
/// connection that stays open. Messages come from memory: what Kafka costs is not held against it.
/// </summary>
internal static class LoopRun
{
    /// <summary>Stores the first so many messages.</summary>
    public static async Task<Throughput> MeasureAsync(BenchmarkStore store, EventMessages messages, int count, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(store.ConnectionString, cancellationToken);
        await using EventStatements statements = await EventStatements.PrepareAsync(connection, cancellationToken);
        var decoder = new JsonEventDecoder(new TransactionDecoder());
        var engine = new TransactionEngine(new TransactionOptions());
        var verdict = new Verdict(engine.Dimension);
        var seqs = new long[LaneMap.Count];
        var meter = new ProcessorMeter(store.ServerProcess);
        for (int i = 0; i < count; i++)
        {
            DomainEvent decoded = decoder.Decode(messages.Messages[i].Value, new RecordPosition("loop", 0, i, IsLine: false)).Event
                ?? throw new InvalidOperationException("A message of the benchmark was rejected.");
            int lane = LaneMap.LaneOf(decoded.Domain, decoded.PrimaryEntityId);
            engine.Score(decoded, verdict);
            var scored = new ScoredEvent(decoded, verdict, lane, ++seqs[lane]);
            engine.Learn(in scored);
            await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await statements.StoreAsync(transaction, scored, i + 1, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return meter.Read(count);
    }
}
