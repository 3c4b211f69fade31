using System.Collections.Concurrent;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Messages;
using Ecart.Streaming.Sources;

namespace Ecart.App.Serve.Http;

/// <summary>Makes events of posted objects, by the same rules as events of files. Thread-safe.</summary>
/// <remarks>A uid is required: without one an event that is sent again could not be recognised. Truth in an event is not used: labels have their own path.</remarks>
internal sealed class EventReader(string domain, Func<IRecordDecoder> makeDecoder)
{
    private readonly ConcurrentBag<JsonEventDecoder> idle = [];

    /// <summary>Reads one object.</summary>
    public PostedItem Read(ReadOnlySpan<byte> json, long place)
    {
        JsonEventDecoder decoder = idle.TryTake(out JsonEventDecoder? reused) ? reused : new JsonEventDecoder(makeDecoder());
        var position = new RecordPosition(HttpSource.SourceName, 0, place, IsLine: false);
        DecodedRecord decoded = decoder.Decode(json, position);
        idle.Add(decoder);
        if (decoded.Event is { } read && read.EventUid == $"{position.Source}:{position.Partition}:{position.Offset}")
            decoded = new DecodedRecord(WithoutUid(json, position));
        return new PostedItem(
            new ReplayItem(decoded.Event, null, decoded.Rejected, HttpSource.SourceName, place),
            decoded.Event?.EventUid ?? decoded.Rejected?.EventUid);
    }

    private RejectedRecord WithoutUid(ReadOnlySpan<byte> json, RecordPosition position) => new(
        position.Source,
        position.Partition,
        position.Offset,
        domain,
        null,
        RejectReason.MissingField,
        "uid",
        null,
        $"{position}: uid is missing: give event_uid, by which the event is recognised when it is sent again.",
        json.ToArray());
}
