using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Transactions;

/// <summary>Makes transactions of records, or says in one sentence why one cannot be. Not thread-safe.</summary>
/// <remarks>
/// A record without uid is named by its place, <c>file name:line</c>: stable as long as the file stays the same. Blanks around values are
/// dropped. An offset in <c>occurred_at</c> fixes the moment only; local time follows the time zones of account, merchant and domain.
/// </remarks>
public sealed class TransactionDecoder : IRecordDecoder
{
    private const int MaximumUidLength = 128;
    private const int MaximumIdLength = 64;
    private const int MaximumDeviceLength = 128;
    private const int MaximumCityLength = 128;

    private static readonly FieldFault NotACountry = new(
        RejectReason.UnknownValue, "is not a country: give the two letters of ISO 3166-1, for example FR.");

    private readonly Utf8StringPool _pool = new();
    private readonly TransactionFieldRules _rules;

    /// <param name="options">Null takes the defaults.</param>
    /// <param name="time">Tells now, for <see cref="TransactionDecoderOptions.FutureTolerance"/>. Null takes the system's.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public TransactionDecoder(TransactionDecoderOptions? options = null, TimeProvider? time = null) =>
        _rules = new TransactionFieldRules(options ?? new TransactionDecoderOptions(), time ?? TimeProvider.System);

    /// <inheritdoc/>
    public FieldSchema Schema => TransactionField.Schema;

    /// <summary>What to tell the user once, when this machine has no time zone data and a record or option needed it; else null.</summary>
    public string? TimeZoneNotice => _rules.TimeZoneNotice;

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        var fields = new FieldReader(record, _pool);
        _rules.CheckDomain(ref fields);
        var uid = fields.Text(TransactionField.Uid, MaximumUidLength, isRepeated: false) ?? UidOfPosition(ref fields, record.Position);
        var account = fields.RequiredText(TransactionField.Account, MaximumIdLength);
        var occurredAt = _rules.OccurredAt(ref fields);
        var hundredths = fields.RequiredAmount(TransactionField.Amount);
        var currency = _rules.Currency(ref fields, hundredths, out var scoredAmount);
        var (latitude, longitude) = TransactionFieldRules.Position(ref fields);
        var channel = TransactionFieldRules.Channel(ref fields, record[TransactionField.Channel]);
        var merchant = fields.Text(TransactionField.Merchant, MaximumIdLength);
        var category = fields.Text(TransactionField.Category, MaximumIdLength);
        var country = fields.Code(TransactionField.Country, letters: 2, NotACountry);
        var city = fields.Text(TransactionField.City, MaximumCityLength);
        var device = fields.Text(TransactionField.Device, MaximumDeviceLength);
        var ipAddress = fields.IpAddress(TransactionField.Ip);
        var userAgentHash = HashUserAgent(ref fields, record[TransactionField.UserAgent]);
        var offset = _rules.UtcOffsetMinutes(ref fields, occurredAt);
        var truth = _rules.Truth(ref fields, occurredAt);
        if (fields.HasFault)
            return new DecodedRecord(record.Reject(fields.Fault.Reason, fields.FaultyField, fields.Fault.Problem, ReadableUid(record)));

        var decoded = new TransactionEvent
        {
            EventUid = uid,
            OccurredAt = occurredAt,
            AccountId = account,
            Amount = new decimal((int)hundredths, (int)(hundredths >> 32), 0, isNegative: false, scale: 2),
            ScoredAmount = scoredAmount,
            Currency = currency,
            MerchantId = merchant,
            MerchantCategory = category,
            Channel = channel,
            Country = country,
            City = city,
            Latitude = latitude,
            Longitude = longitude,
            DeviceId = device,
            IpAddress = ipAddress,
            UserAgentHash = userAgentHash,
            UtcOffsetMinutes = offset,
        };
        return new DecodedRecord(decoded, truth);
    }

    private static string UidOfPosition(ref FieldReader fields, RecordPosition position)
    {
        var uid = position.IsLine
            ? $"{position.Source}:{position.Offset}"
            : $"{position.Source}:{position.Partition}:{position.Offset}";
        if (uid.Length > MaximumUidLength)
            fields.Fail(TransactionField.Uid, new FieldFault(RejectReason.TooLong, "is missing and the source's name is too long to stand in: map a column to uid."));
        return uid;
    }

    private static string? HashUserAgent(ref FieldReader fields, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return null;
        if (!Utf8.IsValid(text))
            fields.Fail(TransactionField.UserAgent, new FieldFault(RejectReason.WrongType, "is not text."));
        return XxHash64.HashToUInt64(text).ToString("x16");
    }

    private static string? ReadableUid(in RecordFields record)
    {
        var text = record[TransactionField.Uid];
        return text.IsEmpty || text.Length > MaximumUidLength || !Utf8.IsValid(text) ? null : Encoding.UTF8.GetString(text);
    }
}
