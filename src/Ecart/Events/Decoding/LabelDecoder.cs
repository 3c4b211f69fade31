using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Ecart.Events.Decoding;

/// <summary>Makes labels of records, or says in one sentence why one cannot be. Not thread-safe.</summary>
public sealed class LabelDecoder
{
    private const int Uid = 0;
    private const int Domain = 1;
    private const int IsFraud = 2;
    private const int KnownAt = 3;
    private const int Source = 4;
    private const int MaximumUidLength = 128;
    private const int MaximumSourceLength = 64;

    private readonly Utf8StringPool pool = new();

    /// <param name="domain">Domain of the events that labels may speak of; one that names no domain speaks of this.</param>
    public LabelDecoder(string domain) => Schema = new FieldSchema(
        domain,
        new FieldDefinition("event_uid", true, "uid", "transaction_id", "event_id"),
        new FieldDefinition("domain", false),
        new FieldDefinition("is_fraud", true, "label", "fraud"),
        new FieldDefinition("known_at", true, "label_known_at"),
        new FieldDefinition("source", true));

    /// <summary>The fields of a label.</summary>
    public FieldSchema Schema { get; }

    /// <summary>Validates a record.</summary>
    /// <param name="record">The fields.</param>
    /// <param name="label">The label.</param>
    /// <param name="rejected">Why it is none.</param>
    public bool TryDecode(in RecordFields record, [NotNullWhen(true)] out Label? label, [NotNullWhen(false)] out RejectedRecord? rejected)
    {
        var fields = new FieldReader(record, pool);
        var uid = fields.RequiredText(Uid, MaximumUidLength, isRepeated: false);
        if (!record[Domain].IsEmpty && !record[Domain].SequenceEqual(Encoding.UTF8.GetBytes(Schema.Domain)))
            fields.Fail(Domain, new FieldFault(RejectReason.UnknownValue, $"is not {Schema.Domain}: labels of other domains are not taken here."));
        var isFraud = fields.Flag(IsFraud);
        if (isFraud is null)
            fields.Fail(IsFraud, new FieldFault(RejectReason.MissingField, "is missing: say true for confirmed fraud, false for a false positive."));
        var knownAt = fields.RequiredTimestamp(KnownAt);
        var source = fields.RequiredText(Source, MaximumSourceLength);
        if (fields.HasFault)
        {
            label = null;
            rejected = record.Reject(fields.Fault.Reason, fields.FaultyField, fields.Fault.Problem, ReadableUid(record));
            return false;
        }

        label = new Label(Schema.Domain, uid, isFraud!.Value, knownAt, source);
        rejected = null;
        return true;
    }

    private static string? ReadableUid(in RecordFields record)
    {
        var text = record[Uid];
        return text.IsEmpty || text.Length > MaximumUidLength || !Utf8.IsValid(text) ? null : Encoding.UTF8.GetString(text);
    }
}
