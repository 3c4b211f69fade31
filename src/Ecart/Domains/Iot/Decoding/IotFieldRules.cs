using System.Text;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Iot.Decoding;

/// <summary>What the iot domain accepts in the fields whose meaning goes beyond their type.</summary>
internal sealed class IotFieldRules(IotDecoderOptions options, TimeProvider time)
{
    private const int MaximumKindLength = 64;

    private static readonly FieldFault NoValue = new(
        RejectReason.MissingField, "is missing: a measurement has a finite number; leave the record out when there was none.");

    private static readonly FieldFault KnownBeforeEvent = new(
        RejectReason.OutOfRange, "is before the event itself: give the moment at which the label became known.");

    private static readonly FieldFault OtherDomain = new(
        RejectReason.UnknownValue, "is not iot: choose the record's domain with --domain, or map the constant domain='iot'.");

    private static readonly (byte[] Name, MeasurementType Type)[] Types =
        [.. Enum.GetValues<MeasurementType>().Select(type => (Encoding.ASCII.GetBytes(type.ToString()), type))];

    private DateTime latest;

    public static void CheckDomain(ref FieldReader fields)
    {
        if (fields.Text(IotField.Domain, MaximumKindLength) is { } domain && domain != IotMeasurement.DomainName) fields.Fail(IotField.Domain, OtherDomain);
    }

    /// <summary>What is measured: by the type, or by the signal's name where that is one; other for anything else.</summary>
    public static MeasurementType TypeOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> signal)
    {
        ReadOnlySpan<byte> text = type.IsEmpty ? signal : type;
        foreach ((byte[] name, MeasurementType known) in Types)
            if (Ascii.EqualsIgnoreCase(text, name)) return known;
        return MeasurementType.Other;
    }

    public static double Value(ref FieldReader fields)
    {
        double value = fields.Number(IotField.Value, -IotMeasurement.MaximumMagnitude, IotMeasurement.MaximumMagnitude);
        if (double.IsNaN(value)) fields.Fail(IotField.Value, NoValue);
        return value;
    }

    public DateTime OccurredAt(ref FieldReader fields)
    {
        DateTime occurredAt = fields.RequiredTimestamp(IotField.OccurredAt);
        if (!fields.HasFault && FindRangeFault(occurredAt) is { } fault) fields.Fail(IotField.OccurredAt, fault);
        return occurredAt;
    }

    public TruthLabel? Truth(ref FieldReader fields, DateTime occurredAt)
    {
        bool? isAnomaly = fields.Flag(IotField.Label);
        DateTime? knownAt = fields.Timestamp(IotField.LabelKnownAt);
        string? kind = fields.Text(IotField.LabelKind, MaximumKindLength);
        if (knownAt < occurredAt) fields.Fail(IotField.LabelKnownAt, KnownBeforeEvent);
        else if (knownAt is { } moment && FindRangeFault(moment) is { } fault) fields.Fail(IotField.LabelKnownAt, fault);
        return isAnomaly is { } truth ? new TruthLabel(truth, kind, knownAt) : null;
    }

    private FieldFault? FindRangeFault(DateTime moment)
    {
        // The clock is asked only for moments beyond the latest that it has allowed so far.
        if (moment > latest) latest = time.GetUtcNow().UtcDateTime + options.FutureTolerance;
        if (moment >= options.Earliest && moment <= latest) return null;
        return new FieldFault(
            RejectReason.OutOfRange,
            $"is {moment:yyyy-MM-dd HH:mm:ss} UTC, not between {options.Earliest:yyyy-MM-dd} and {latest:yyyy-MM-dd HH:mm} "
            + $"(now and {options.FutureTolerance.TotalHours} hours): check the device's clock, and the time's form and unit.");
    }
}
