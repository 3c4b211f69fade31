using Ecart.App.Store;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Files;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using MySqlConnector;

namespace Ecart.App.Rejected;

/// <summary>Takes rejected records through the pipeline again and marks those that are events now.</summary>
internal sealed class RejectedRetry(OpenStore store, FieldMap map, IRecordDecoder decoder, string? header)
{
    private const int MostPayloadBytes = 64 * 1024;

    /// <summary>Retries records.</summary>
    /// <returns>For each record that is no event now, its number and why, in a sentence.</returns>
    public async Task<IReadOnlyList<(long Id, string Problem)>> RunAsync(IReadOnlyList<RejectedRow> rows, CancellationToken cancellationToken)
    {
        var problems = new List<(long Id, string Problem)>();
        var decoded = new List<(RejectedRow Row, DomainEvent Event)>();
        foreach (RejectedRow row in rows)
        {
            if (Decode(row, out DomainEvent? domainEvent) is { } problem) problems.Add((row.Id, problem));
            else decoded.Add((row, domainEvent!));
        }

        if (decoded.Count > 0) await StoreAsync(decoded, problems, cancellationToken).ConfigureAwait(false);
        return problems;
    }

    private string? Decode(RejectedRow row, out DomainEvent? domainEvent)
    {
        RejectedRecord record = row.Record;
        domainEvent = null;
        if (row.RetriedAt is not null) return "was made an event by an earlier retry.";
        if (record.Domain != store.Domain.Name) return $"is of domain {record.Domain}: retry it with --domain {record.Domain}.";
        if (record.Reason == RejectReason.ConflictingDuplicate)
            return "is an event whose uid is known with other content: the first stands. Send it again with a uid of its own.";
        if (record.Reason == RejectReason.UnknownEvent) return "is a label of an event that was not in the store: send the label again once the event is.";
        if (record.Reason == RejectReason.RefusedByStore)
            return "is kept as the row that the server refused, not as it came: correct the field that its message names and send the event again.";
        if (record.Payload.IsEmpty) return "was kept without its content: send it again.";
        if (record.Payload.Length >= MostPayloadBytes) return "was cut to 64 KiB when it was kept: send it again whole.";
        RecordPosition line = RecordPosition.OfLine(record.Source, record.Offset);
        RecordPosition position = record.Message.Contains(line.ToString(), StringComparison.Ordinal)
            ? line
            : new RecordPosition(record.Source, record.Partition, record.Offset, IsLine: false);
        if (!RecordText.TryDecode(record.Payload.Span, position, header, decoder, map, out DecodedRecord decoded, out string? error))
            return error + (header is null && !RecordText.IsJson(record.Payload.Span) ? " Give it with --header, and the --map of the first reading if there was one." : "");
        domainEvent = decoded.Event;
        return decoded.Rejected?.Message;
    }

    private async Task StoreAsync(
        List<(RejectedRow Row, DomainEvent Event)> decoded, List<(long Id, string Problem)> problems, CancellationToken cancellationToken)
    {
        var lanes = new LaneStore(store.ConnectionString, store.Domain.Name);
        await lanes.ForgetOffsetAsync(RetrySource.SourceName, cancellationToken).ConfigureAwait(false);
        List<ReplayItem> items = [.. decoded.Select(entry => new ReplayItem(entry.Event, null, null, RetrySource.SourceName, entry.Row.Id))];
        await new ReplayWork(store, new PipelineOptions()).RunAsync("Retrying", () => new RetrySource(items), cancellationToken).ConfigureAwait(false);

        // The store alone says what became an event, also when an earlier retry was killed before it could mark it.
        List<UInt128> keys = [.. decoded.Select(entry => UidHash.Compute(entry.Event.Domain, entry.Event.EventUid))];
        await using MySqlConnection connection = await StoreSession.OpenAsync(store.ConnectionString, cancellationToken).ConfigureAwait(false);
        Dictionary<UInt128, EventKey> stored = await new EventKeyStore().FindAsync(connection, keys, cancellationToken).ConfigureAwait(false);
        var done = new List<long>();
        for (int i = 0; i < decoded.Count; i++)
        {
            (RejectedRow row, DomainEvent domainEvent) = decoded[i];
            if (!stored.TryGetValue(keys[i], out EventKey key)) problems.Add((row.Id, "was not stored: the newest rejected record with its uid says why."));
            else if (key.ContentHash != domainEvent.ContentHash)
                problems.Add((row.Id, $"has uid '{domainEvent.EventUid}', which is known with other content: the first event stands."));
            else done.Add(row.Id);
        }

        await new RejectedEventStore(store.ConnectionString).MarkRetriedAsync(done, cancellationToken).ConfigureAwait(false);
        await lanes.ForgetOffsetAsync(RetrySource.SourceName, cancellationToken).ConfigureAwait(false);
    }
}
