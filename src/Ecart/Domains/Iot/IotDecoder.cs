using System.Text;
using System.Text.Unicode;
using Ecart.Domains.Iot.Decoding;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Iot;

/// <summary>
/// Makes measurements of records, JSON in the wire form or flat, CSV, one signal a record; or says in one sentence why one cannot be. Not thread-safe.
/// </summary>
/// <remarks>
/// A record without uid is named by its place, <c>file name:line</c>: stable as long as the file stays the same. A record without signal is of the signal named
/// like its type. Blanks around values are dropped.
/// </remarks>
/// <param name="options">Null takes the defaults.</param>
/// <param name="time">Tells now, for <see cref="IotDecoderOptions.FutureTolerance"/>. Null takes the system's.</param>
public sealed class IotDecoder(IotDecoderOptions? options = null, TimeProvider? time = null) : IRecordDecoder
{
    internal const int MaximumUidLength = 128;
    internal const int MaximumNameLength = 64;
    private const int MaximumUnitLength = 16;
    private const int MaximumLocationLength = 128;

    private static readonly FieldFault NoSignal = new(
        RejectReason.MissingField, "is missing, and so is measurement_type: say which of the device's signals it is.");

    private readonly Utf8StringPool pool = new();
    private readonly IotFieldRules rules = new(options ?? new IotDecoderOptions(), time ?? TimeProvider.System);

    /// <inheritdoc/>
    public FieldSchema Schema => IotField.Schema;

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        var fields = new FieldReader(record, pool);
        IotFieldRules.CheckDomain(ref fields);
        string uid = fields.Text(IotField.Uid, MaximumUidLength, isRepeated: false) ?? UidOfPosition(ref fields, record.Position);
        DateTime occurredAt = rules.OccurredAt(ref fields);
        string? typeName = fields.Text(IotField.Type, MaximumNameLength);
        string? signal = fields.Text(IotField.Signal, MaximumNameLength) ?? typeName;
        if (signal is null) fields.Fail(IotField.Signal, NoSignal);
        var decoded = new IotMeasurement
        {
            EventUid = uid,
            OccurredAt = occurredAt,
            DeviceId = fields.RequiredText(IotField.Device, MaximumNameLength),
            Signal = signal ?? "",
            Type = IotFieldRules.TypeOf(record[IotField.Type], record[IotField.Signal]),
            Value = IotFieldRules.Value(ref fields),
            Unit = fields.Text(IotField.Unit, MaximumUnitLength),
            Location = fields.Text(IotField.Location, MaximumLocationLength),
        };
        TruthLabel? truth = rules.Truth(ref fields, occurredAt);
        return fields.HasFault
            ? new DecodedRecord(record.Reject(fields.Fault.Reason, fields.FaultyField, fields.Fault.Problem, ReadableUid(record)))
            : new DecodedRecord(decoded, truth);
    }

    private static string UidOfPosition(ref FieldReader fields, RecordPosition position)
    {
        string uid = position.IsLine
            ? $"{position.Source}:{position.Offset}"
            : $"{position.Source}:{position.Partition}:{position.Offset}";
        if (uid.Length > MaximumUidLength)
            fields.Fail(IotField.Uid, new FieldFault(RejectReason.TooLong, "is missing and the source's name is too long to stand in: map a column to uid."));
        return uid;
    }

    private static string? ReadableUid(in RecordFields record)
    {
        ReadOnlySpan<byte> text = record[IotField.Uid];
        return text.IsEmpty || text.Length > MaximumUidLength || !Utf8.IsValid(text) ? null : Encoding.UTF8.GetString(text);
    }
}
