using System.Text;
using System.Text.Unicode;
using Ecart.Domains.UserBehavior.Decoding;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.UserBehavior;

/// <summary>Makes users' actions of records, JSON in the wire form or flat, CSV; or says in one sentence why one cannot be. Not thread-safe.</summary>
/// <remarks>
/// A record without uid is named by its place, <c>file name:line</c>: stable as long as the file stays the same. Blanks around values are dropped.
/// </remarks>
public sealed class UserBehaviorDecoder : IRecordDecoder
{
    internal const int MaximumUidLength = 128;
    internal const int MaximumUserLength = 128;
    internal const int MaximumTypeLength = 64;
    internal const int MaximumResourceLength = 256;
    private const int MaximumAgentLength = 512;
    private const int MaximumNameLength = 128;
    private const int MaximumRoleLength = 64;

    private static readonly FieldFault NotACountry = new(
        RejectReason.UnknownValue, "is not a country: give the two letters of ISO 3166-1, for example FR.");

    private readonly Utf8StringPool pool = new();
    private readonly UserBehaviorFieldRules rules;
    private readonly UserBehaviorDecoderOptions options;
    private readonly TimeProvider time;

    /// <param name="options">Null takes the defaults.</param>
    /// <param name="time">Tells now, for <see cref="UserBehaviorDecoderOptions.FutureTolerance"/>. Null takes the system's.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public UserBehaviorDecoder(UserBehaviorDecoderOptions? options = null, TimeProvider? time = null)
    {
        this.options = options ?? new UserBehaviorDecoderOptions();
        this.time = time ?? TimeProvider.System;
        rules = new UserBehaviorFieldRules(this.options, this.time);
    }

    /// <inheritdoc/>
    public FieldSchema Schema => UserBehaviorField.Schema;

    /// <inheritdoc/>
    public ILineDecoder MakeLineDecoder() => new AuthLogDecoder(options, time);

    /// <summary>What to tell the user once, when this machine has no time zone data and a record or option needed it; else null.</summary>
    public string? TimeZoneNotice => rules.TimeZoneNotice;

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        var fields = new FieldReader(record, pool);
        UserBehaviorFieldRules.CheckDomain(ref fields);
        string uid = fields.Text(UserBehaviorField.Uid, MaximumUidLength, isRepeated: false) ?? UidOfPosition(ref fields, record.Position);
        DateTime occurredAt = rules.OccurredAt(ref fields);
        (double latitude, double longitude) = UserBehaviorFieldRules.Position(ref fields);
        var decoded = new UserBehaviorEvent
        {
            EventUid = uid,
            OccurredAt = occurredAt,
            UserId = fields.RequiredText(UserBehaviorField.User, MaximumUserLength),
            EventType = fields.RequiredText(UserBehaviorField.Type, MaximumTypeLength),
            Resource = fields.Text(UserBehaviorField.Resource, MaximumResourceLength),
            Outcome = UserBehaviorFieldRules.Outcome(ref fields, record[UserBehaviorField.Outcome]),
            SourceIp = fields.IpAddress(UserBehaviorField.Ip),
            UserAgent = fields.Text(UserBehaviorField.UserAgent, MaximumAgentLength),
            DeviceId = fields.Text(UserBehaviorField.Device, MaximumNameLength),
            Country = fields.Code(UserBehaviorField.Country, letters: 2, NotACountry),
            City = fields.Text(UserBehaviorField.City, MaximumNameLength),
            Latitude = latitude,
            Longitude = longitude,
            SessionId = fields.Text(UserBehaviorField.Session, MaximumNameLength),
            Role = fields.Text(UserBehaviorField.Role, MaximumRoleLength),
            UtcOffsetMinutes = rules.UtcOffsetMinutes(ref fields, occurredAt),
            Embedding = EmbeddingText.Read(ref fields, in record),
            EmbeddingVersion = UserBehaviorFieldRules.CallerVersion(ref fields),
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
            fields.Fail(UserBehaviorField.Uid, new FieldFault(RejectReason.TooLong, "is missing and the source's name is too long to stand in: map a column to uid."));
        return uid;
    }

    private static string? ReadableUid(in RecordFields record)
    {
        ReadOnlySpan<byte> text = record[UserBehaviorField.Uid];
        return text.IsEmpty || text.Length > MaximumUidLength || !Utf8.IsValid(text) ? null : Encoding.UTF8.GetString(text);
    }
}
