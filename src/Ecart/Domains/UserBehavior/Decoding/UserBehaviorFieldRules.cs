using System.Text;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.UserBehavior.Decoding;

/// <summary>What the user_behavior domain accepts in the fields whose meaning goes beyond their type.</summary>
internal sealed class UserBehaviorFieldRules
{
    private const int MaximumTimeZoneLength = 64;
    private const int MaximumKindLength = 64;
    private const int MaximumCallerVersion = 999_999_999;

    private static readonly FieldFault UnknownOutcome = new(
        RejectReason.UnknownValue, "is not an outcome: known are success, failure and unknown (also ok, true, 1, denied, failed, false, 0 and HTTP status codes).");

    private static readonly FieldFault HalfPosition = new(
        RejectReason.MissingField, "is missing although the other coordinate is given: give both or none.");

    private static readonly FieldFault KnownBeforeEvent = new(
        RejectReason.OutOfRange, "is before the event itself: give the moment at which the label became known.");

    private static readonly FieldFault OtherDomain = new(
        RejectReason.UnknownValue, "is not user_behavior: choose the record's domain with --domain, or map the constant domain='user_behavior'.");

    private readonly UserBehaviorDecoderOptions options;
    private readonly TimeProvider time;
    private readonly TimeZoneTable zones = new();
    private DateTime latest;

    public UserBehaviorFieldRules(UserBehaviorDecoderOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        if (options.DefaultTimeZone is not { } id) return;
        if (!zones.TryFind(id, out TimeZoneInfo? zone))
            throw new ArgumentException($"Default time zone '{id}': {UnknownZone().Problem}", nameof(options));
        DefaultZone = zone;
    }

    /// <summary>The zone of times that name none; UTC by default.</summary>
    public TimeZoneInfo DefaultZone { get; } = TimeZoneInfo.Utc;

    /// <summary>What to tell the user once, when this machine has no time zone data and a record or option needed it; else null.</summary>
    public string? TimeZoneNotice { get; private set; }

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public static void CheckDomain(ref FieldReader fields)
    {
        if (fields.Text(UserBehaviorField.Domain, MaximumKindLength) is { } domain && domain != UserBehaviorEvent.DomainName)
            fields.Fail(UserBehaviorField.Domain, OtherDomain);
    }

    public DateTime OccurredAt(ref FieldReader fields)
    {
        DateTime occurredAt = fields.RequiredTimestamp(UserBehaviorField.OccurredAt);
        if (!fields.HasFault && FindRangeFault(occurredAt) is { } fault) fields.Fail(UserBehaviorField.OccurredAt, fault);
        return occurredAt;
    }

    public static ActionOutcome Outcome(ref FieldReader fields, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || Is(text, "unknown"u8)) return ActionOutcome.Unknown;
        if (Is(text, "success"u8) || Is(text, "ok"u8) || Is(text, "true"u8) || Is(text, "1"u8) || Is(text, "allowed"u8) || Is(text, "granted"u8)
            || Is(text, "succeeded"u8) || Is(text, "accepted"u8))
            return ActionOutcome.Success;
        if (Is(text, "failure"u8) || Is(text, "failed"u8) || Is(text, "fail"u8) || Is(text, "false"u8) || Is(text, "0"u8) || Is(text, "denied"u8)
            || Is(text, "error"u8) || Is(text, "rejected"u8))
            return ActionOutcome.Failure;
        bool isStatus = text.Length == 3 && text[0] is >= (byte)'1' and <= (byte)'5' && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        if (isStatus) return text[0] >= '4' ? ActionOutcome.Failure : ActionOutcome.Success;

        fields.Fail(UserBehaviorField.Outcome, UnknownOutcome);
        return ActionOutcome.Unknown;
    }

    public static (double Latitude, double Longitude) Position(ref FieldReader fields)
    {
        double latitude = fields.Number(UserBehaviorField.Latitude, -90, 90);
        double longitude = fields.Number(UserBehaviorField.Longitude, -180, 180);
        if (double.IsNaN(latitude) != double.IsNaN(longitude))
            fields.Fail(double.IsNaN(latitude) ? UserBehaviorField.Latitude : UserBehaviorField.Longitude, HalfPosition);
        return (latitude, longitude);
    }

    public static int CallerVersion(ref FieldReader fields)
    {
        double version = fields.Number(UserBehaviorField.EmbeddingVersion, 0, MaximumCallerVersion);
        return double.IsNaN(version) ? 0 : (int)version;
    }

    public short UtcOffsetMinutes(ref FieldReader fields, DateTime occurredAt)
    {
        TimeZoneInfo zone = DefaultZone;
        if (fields.Text(UserBehaviorField.TimeZone, MaximumTimeZoneLength) is { } id)
        {
            if (zones.TryFind(id, out TimeZoneInfo? found)) zone = found;
            else fields.Fail(UserBehaviorField.TimeZone, UnknownZone());
        }

        return (short)zone.GetUtcOffset(occurredAt).TotalMinutes;
    }

    public TruthLabel? Truth(ref FieldReader fields, DateTime occurredAt)
    {
        bool? isAnomaly = fields.Flag(UserBehaviorField.Label);
        DateTime? knownAt = fields.Timestamp(UserBehaviorField.LabelKnownAt);
        string? kind = fields.Text(UserBehaviorField.LabelKind, MaximumKindLength);
        if (knownAt < occurredAt) fields.Fail(UserBehaviorField.LabelKnownAt, KnownBeforeEvent);
        else if (knownAt is { } moment && FindRangeFault(moment) is { } fault) fields.Fail(UserBehaviorField.LabelKnownAt, fault);
        return isAnomaly is { } truth ? new TruthLabel(truth, kind, knownAt) : null;
    }

    /// <summary>What is wrong with a moment; null when it is in range.</summary>
    public FieldFault? FindRangeFault(DateTime moment)
    {
        // The clock is asked only for moments beyond the latest that it has allowed so far.
        if (moment > latest) latest = Now + options.FutureTolerance;
        if (moment >= options.Earliest && moment <= latest) return null;
        return new FieldFault(
            RejectReason.OutOfRange,
            $"is {moment:yyyy-MM-dd HH:mm:ss} UTC, not between {options.Earliest:yyyy-MM-dd} and {latest:yyyy-MM-dd HH:mm} "
            + $"(now and {options.FutureTolerance.TotalHours} hours): check its form and unit.");
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(text, known);

    private FieldFault UnknownZone()
    {
        if (!zones.HasZones) TimeZoneNotice ??= "This machine has no time zone data, so that only UTC is known: install the package tzdata.";
        return new FieldFault(
            RejectReason.UnknownValue,
            zones.HasZones ? "is not a time zone: give an IANA id such as Europe/Paris." : "is not a known time zone: this machine has no time zone data.");
    }
}
