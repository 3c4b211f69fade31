using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Declared;

/// <summary>Makes events of a declared domain of records, JSON or CSV; or says in one sentence why one cannot be. Not thread-safe.</summary>
/// <remarks>A record without uid is named by its place, <c>file name:line</c>: stable as long as the file stays the same.</remarks>
public sealed class DeclaredDecoder : IRecordDecoder
{
    private const int MaximumUidLength = 128;
    private const int MaximumEntityLength = 128;
    private const int MaximumNameLength = 64;
    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan FutureTolerance = TimeSpan.FromDays(1);
    private readonly DomainDeclaration declaration;
    private readonly DeclaredSchema schema;
    private readonly TimeProvider time;
    private readonly TimeZoneTable zones = new();
    private readonly TimeZoneInfo defaultZone;
    private readonly Utf8StringPool pool = new();
    private DateTime latest;

    /// <param name="declaration">The domain.</param>
    /// <param name="time">Tells now: an event may be a day ahead of it. Null takes the system's.</param>
    /// <exception cref="Scoring.OptionsException">The declaration cannot be used.</exception>
    public DeclaredDecoder(DomainDeclaration declaration, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        declaration.Validate();
        this.declaration = declaration;
        this.time = time ?? TimeProvider.System;
        schema = DeclaredSchema.Of(declaration);
        Schema = DeclaredField.SchemaOf(declaration);
        defaultZone = zones.TryFind(declaration.TimeZone, out TimeZoneInfo? zone) ? zone! : TimeZoneInfo.Utc;
    }

    /// <inheritdoc/>
    public FieldSchema Schema { get; }

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        var fields = new FieldReader(record, pool);
        if (fields.Text(DeclaredField.Domain, MaximumNameLength) is { } domain && domain != declaration.Name)
            fields.Fail(DeclaredField.Domain, new FieldFault(RejectReason.UnknownValue, $"is not {declaration.Name}: choose the record's domain with --domain."));
        string? uid = fields.Text(DeclaredField.Uid, MaximumUidLength, isRepeated: false) ?? UidOfPosition(ref fields, record.Position);
        DateTime occurredAt = fields.RequiredTimestamp(DeclaredField.OccurredAt);
        CheckRange(ref fields, DeclaredField.OccurredAt, occurredAt);
        var numbers = new double[schema.Fields.Count];
        var texts = new string?[schema.Fields.Count];
        for (int i = 0; i < numbers.Length; i++) ReadValue(ref fields, record[DeclaredField.First + i].IsEmpty, i, numbers, texts);
        short offset = OffsetOf(ref fields, occurredAt);
        TruthLabel? truth = Truth(ref fields, occurredAt);
        if (fields.HasFault) return new DecodedRecord(record.Reject(fields.Fault.Reason, fields.FaultyField, fields.Fault.Problem, uid));
        return new DecodedRecord(
            new DeclaredEvent { EventUid = uid, OccurredAt = occurredAt, Schema = schema, Numbers = numbers, Texts = texts, UtcOffsetMinutes = offset }, truth);
    }

    private void ReadValue(ref FieldReader fields, bool isEmpty, int index, double[] numbers, string?[] texts)
    {
        DeclaredFieldOptions field = declaration.Fields[index];
        int place = DeclaredField.First + index;
        numbers[index] = double.NaN;
        if (isEmpty)
        {
            if (field.Required) fields.Fail(place, new FieldFault(RejectReason.MissingField, "is missing: fill it in or map another column to it."));
            return;
        }

        switch (field.Type)
        {
            case DeclaredFieldType.Number:
                numbers[index] = fields.Number(place, field.Minimum, field.Maximum);
                break;
            case DeclaredFieldType.Condition:
                numbers[index] = fields.Flag(place) is { } isTrue ? isTrue ? 1 : 0 : double.NaN;
                break;
            default:
                texts[index] = fields.Text(place, index == schema.Entity ? Math.Min(field.MaximumLength, MaximumEntityLength) : field.MaximumLength);
                if (field.Values.Count > 0 && texts[index] is { } text && !field.Values.Contains(text))
                    fields.Fail(place, new FieldFault(RejectReason.UnknownValue, $"is not one of {string.Join(", ", field.Values)}."));
                break;
        }
    }

    private static string UidOfPosition(ref FieldReader fields, RecordPosition position)
    {
        string uid = position.IsLine ? $"{position.Source}:{position.Offset}" : $"{position.Source}:{position.Partition}:{position.Offset}";
        if (uid.Length > MaximumUidLength)
            fields.Fail(DeclaredField.Uid, new FieldFault(RejectReason.TooLong, "is missing and the source's name is too long to stand in: map a column to uid."));
        return uid;
    }

    private void CheckRange(ref FieldReader fields, int field, DateTime moment)
    {
        if (fields.HasFault) return;
        // The clock is asked only for moments beyond the latest that it has allowed so far.
        if (moment > latest) latest = time.GetUtcNow().UtcDateTime + FutureTolerance;
        if (moment >= Earliest && moment <= latest) return;
        fields.Fail(field, new FieldFault(
            RejectReason.OutOfRange, $"is {moment:yyyy-MM-dd HH:mm:ss} UTC, not between {Earliest:yyyy-MM-dd} and {latest:yyyy-MM-dd HH:mm}: check its form and unit."));
    }

    private short OffsetOf(ref FieldReader fields, DateTime occurredAt)
    {
        TimeZoneInfo zone = defaultZone;
        if (fields.Text(DeclaredField.TimeZone, MaximumNameLength) is { } id)
        {
            if (zones.TryFind(id, out TimeZoneInfo? found)) zone = found!;
            else fields.Fail(DeclaredField.TimeZone, new FieldFault(RejectReason.UnknownValue, "is not a time zone: give an IANA id such as Europe/Paris."));
        }

        return (short)zone.GetUtcOffset(occurredAt).TotalMinutes;
    }

    private TruthLabel? Truth(ref FieldReader fields, DateTime occurredAt)
    {
        bool? isAnomaly = fields.Flag(DeclaredField.Label);
        DateTime? knownAt = fields.Timestamp(DeclaredField.LabelKnownAt);
        string? kind = fields.Text(DeclaredField.LabelKind, MaximumNameLength);
        if (knownAt < occurredAt)
            fields.Fail(DeclaredField.LabelKnownAt, new FieldFault(RejectReason.OutOfRange, "is before the event itself: give the moment at which the label became known."));
        else if (knownAt is { } moment) CheckRange(ref fields, DeclaredField.LabelKnownAt, moment);
        return isAnomaly is { } truth ? new TruthLabel(truth, kind, knownAt) : null;
    }
}
