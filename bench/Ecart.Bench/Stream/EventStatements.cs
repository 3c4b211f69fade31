using System.Data;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.Bench.Stream;

/// <summary>The statements that store one scored event, prepared once. Not thread-safe.</summary>
internal sealed class EventStatements : IAsyncDisposable
{
    private readonly MySqlCommand insertEvent;
    private readonly MySqlCommand insertKey;
    private readonly MySqlCommand insertAlert;
    private readonly MySqlCommand movePosition;

    private EventStatements(MySqlConnection connection)
    {
        var table = new TransactionTable();
        insertEvent = Insert(connection, table.Table, table.Columns);
        insertKey = Insert(connection, "event_keys", ["uid_hash", "content_hash", "domain", "lane", "seq", "occurred_at"]);
        insertAlert = Insert(
            connection,
            "anomaly_alerts",
            ["domain", "event_uid", "lane", "seq", "occurred_at", "entity_type", "entity_id", "alert_type", "severity", "score", "explanation"]);
        movePosition = new MySqlCommand(
            "INSERT INTO consumer_offsets (source, partition_id, domain, lane, next_offset) VALUES ('loop', 0, 'transactions', 0, @p0) ON DUPLICATE KEY UPDATE next_offset = @p0", connection);
        movePosition.Parameters.Add(new MySqlParameter("@p0", MySqlDbType.Int64));
    }

    public static async Task<EventStatements> PrepareAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var statements = new EventStatements(connection);
        foreach (MySqlCommand command in statements.All) await command.PrepareAsync(cancellationToken);
        return statements;
    }

    /// <summary>Stores one event in the transaction, with its alert if it raises one, and moves the position.</summary>
    public async Task StoreAsync(MySqlTransaction transaction, ScoredEvent scored, long position, CancellationToken cancellationToken)
    {
        foreach (MySqlCommand command in All) command.Transaction = transaction;
        await ExecuteAsync(insertEvent, EventValues(in scored), cancellationToken);
        await ExecuteAsync(insertKey, KeyValues(in scored), cancellationToken);
        if (scored.Verdict.RaisesAlert) await ExecuteAsync(insertAlert, AlertValues(in scored), cancellationToken);
        await ExecuteAsync(movePosition, [position], cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MySqlCommand command in All) await command.DisposeAsync();
    }

    private IEnumerable<MySqlCommand> All => [insertEvent, insertKey, insertAlert, movePosition];

    private static MySqlCommand Insert(MySqlConnection connection, string table, IReadOnlyList<string> columns)
    {
        var command = new MySqlCommand(
            $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})", connection);
        for (int i = 0; i < columns.Count; i++) command.Parameters.Add(new MySqlParameter($"@p{i}", null));
        return command;
    }

    private static async Task ExecuteAsync(MySqlCommand command, object?[] values, CancellationToken cancellationToken)
    {
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static object?[] EventValues(in ScoredEvent scored)
    {
        var transaction = (TransactionEvent)scored.Event;
        Verdict verdict = scored.Verdict;
        return
        [
            scored.Lane, scored.Seq, transaction.EventUid, transaction.AccountId, transaction.OccurredAt, transaction.Amount, transaction.Currency,
            transaction.ScoredAmount, transaction.MerchantId, transaction.MerchantCategory, Name(transaction.Channel), transaction.Country, transaction.City,
            Number(transaction.Latitude), Number(transaction.Longitude), transaction.DeviceId, transaction.IpAddress, transaction.UserAgentHash,
            transaction.UtcOffsetMinutes, MemoryMarshal.AsBytes(verdict.Embedding.AsSpan()).ToArray(), verdict.EmbeddingVersion, null, Number(verdict.Score),
            Number(verdict.RankScore), Number(verdict.DistanceToProfile), verdict.Surprise, Number(verdict.LearnedDistance), Number(verdict.LearnedValue),
            verdict.Evidence.IsEmpty ? null : Reasons(verdict), verdict.IsAnomaly, Name(verdict.Severity), verdict.IsLate, verdict.IsLearned,
            verdict.SuppressedBy == 0 ? null : verdict.SuppressedBy, verdict.ConfigurationVersion, null, null, null,
        ];
    }

    private static object?[] KeyValues(in ScoredEvent scored)
    {
        var hash = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(hash, UidHash.Compute(scored.Event.Domain, scored.Event.EventUid));
        return [hash, scored.Event.ContentHash, scored.Event.Domain, scored.Lane, scored.Seq, scored.Event.OccurredAt];
    }

    private static object?[] AlertValues(in ScoredEvent scored) =>
    [
        scored.Event.Domain, scored.Event.EventUid, scored.Lane, scored.Seq, scored.Event.OccurredAt, scored.Event.PrimaryEntityType,
        scored.Event.PrimaryEntityId, AlertType.Of(scored.Verdict), Name(scored.Verdict.Severity), scored.Verdict.Score, Reasons(scored.Verdict),
    ];

    private static string Reasons(Verdict verdict) => JsonSerializer.Serialize(verdict.Evidence.ToArray().Select(evidence => new
    {
        type = evidence.Code,
        score = evidence.Contribution,
        detail = EvidenceText.Describe(in evidence),
    }));

    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static double? Number(double value) => double.IsNaN(value) ? null : value;
}
