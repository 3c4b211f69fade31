using System.Text;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Transactions;

/// <summary>What the transactions domain accepts in the fields whose meaning goes beyond their type.</summary>
internal sealed class TransactionFieldRules
{
    private const int MaximumTimeZoneLength = 64;
    private const int MaximumKindLength = 64;
    private const int CurrencyLetters = 3;

    private static readonly FieldFault UnknownChannel = new(
        RejectReason.UnknownValue, "is not a channel: known are online, pos, atm, wire and mobile; map a constant such as channel='pos'.");

    private static readonly FieldFault HalfPosition = new(
        RejectReason.MissingField, "is missing although the other coordinate is given: give both or none.");

    private static readonly FieldFault KnownBeforeEvent = new(
        RejectReason.OutOfRange, "is before the event itself: give the moment at which the label became known.");

    private readonly TransactionDecoderOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeZoneTable _zones = new();
    private readonly TimeZoneInfo? _defaultZone;
    private readonly FieldFault _unknownCurrency;
    private readonly FieldFault _otherDomain;
    private DateTime _latest;

    public TransactionFieldRules(TransactionDecoderOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        foreach (var (currency, rate) in options.ExchangeRates)
        {
            if (rate <= 0 || !IsCurrency(currency))
                throw new ArgumentException($"Exchange rate {currency} = {rate}: give three capital letters and a rate above 0.", nameof(options));
        }

        if (!IsCurrency(options.DomainCurrency))
            throw new ArgumentException($"Domain currency '{options.DomainCurrency}': give three capital letters.", nameof(options));
        if (options.DefaultTimeZone is { } id && !_zones.TryFind(id, out _defaultZone))
            throw new ArgumentException($"Default time zone '{id}': {UnknownZone().Problem}", nameof(options));

        _otherDomain = new FieldFault(
            RejectReason.UnknownValue, $"is not {options.Domain}: choose the record's domain with --domain, or map the constant domain='{options.Domain}'.");
        var known = string.Join(", ", options.ExchangeRates.Keys.Prepend(options.DomainCurrency).Distinct());
        _unknownCurrency = new FieldFault(
            RejectReason.UnknownValue,
            $"has no exchange rate to {options.DomainCurrency}: add it to the domain's exchange rates. Known currencies: {known}.");
    }

    /// <summary>See <see cref="TransactionDecoder.TimeZoneNotice"/>.</summary>
    public string? TimeZoneNotice { get; private set; }

    public void CheckDomain(ref FieldReader fields)
    {
        if (fields.Text(TransactionField.Domain, MaximumKindLength) is { } domain && domain != _options.Domain)
            fields.Fail(TransactionField.Domain, _otherDomain);
    }

    public DateTime OccurredAt(ref FieldReader fields)
    {
        var occurredAt = fields.RequiredTimestamp(TransactionField.OccurredAt);
        if (!fields.HasFault)
            CheckRange(ref fields, TransactionField.OccurredAt, occurredAt);
        return occurredAt;
    }

    public string Currency(ref FieldReader fields, long hundredths, out double scoredAmount)
    {
        // Both are exact in a double, so the quotient is the nearest double to the amount.
        scoredAmount = hundredths / 100.0;
        var currency = fields.Code(TransactionField.Currency, CurrencyLetters, _unknownCurrency);
        if (currency is null || currency == _options.DomainCurrency)
            return _options.DomainCurrency;

        if (_options.ExchangeRates.TryGetValue(currency, out var rate))
            scoredAmount *= (double)rate;
        else
            fields.Fail(TransactionField.Currency, _unknownCurrency);
        return currency;
    }

    public static (double Latitude, double Longitude) Position(ref FieldReader fields)
    {
        var latitude = fields.Number(TransactionField.Latitude, -90, 90);
        var longitude = fields.Number(TransactionField.Longitude, -180, 180);
        if (double.IsNaN(latitude) != double.IsNaN(longitude))
            fields.Fail(double.IsNaN(latitude) ? TransactionField.Latitude : TransactionField.Longitude, HalfPosition);
        return (latitude, longitude);
    }

    public static TransactionChannel Channel(ref FieldReader fields, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || Ascii.EqualsIgnoreCase(text, "pos"u8))
            return TransactionChannel.Pos;
        if (Ascii.EqualsIgnoreCase(text, "online"u8))
            return TransactionChannel.Online;
        if (Ascii.EqualsIgnoreCase(text, "atm"u8))
            return TransactionChannel.Atm;
        if (Ascii.EqualsIgnoreCase(text, "wire"u8))
            return TransactionChannel.Wire;
        if (Ascii.EqualsIgnoreCase(text, "mobile"u8))
            return TransactionChannel.Mobile;

        fields.Fail(TransactionField.Channel, UnknownChannel);
        return TransactionChannel.Pos;
    }

    public short UtcOffsetMinutes(ref FieldReader fields, DateTime occurredAt)
    {
        var account = Zone(ref fields, TransactionField.TimeZone);
        var merchant = Zone(ref fields, TransactionField.MerchantTimeZone);
        var zone = account ?? merchant ?? _defaultZone;
        return zone is null ? (short)0 : (short)zone.GetUtcOffset(occurredAt).TotalMinutes;
    }

    public TruthLabel? Truth(ref FieldReader fields, DateTime occurredAt)
    {
        var isFraud = fields.Flag(TransactionField.Label);
        var knownAt = fields.Timestamp(TransactionField.LabelKnownAt);
        var kind = fields.Text(TransactionField.LabelKind, MaximumKindLength);
        if (knownAt < occurredAt)
            fields.Fail(TransactionField.LabelKnownAt, KnownBeforeEvent);
        else if (knownAt is { } moment)
            CheckRange(ref fields, TransactionField.LabelKnownAt, moment);
        return isFraud is { } truth ? new TruthLabel(truth, kind, knownAt) : null;
    }

    private void CheckRange(ref FieldReader fields, int field, DateTime moment)
    {
        // The clock is asked only for moments beyond the latest that it has allowed so far.
        if (moment > _latest)
            _latest = _time.GetUtcNow().UtcDateTime + _options.FutureTolerance;
        if (moment < _options.Earliest || moment > _latest)
        {
            fields.Fail(field, new FieldFault(
                RejectReason.OutOfRange,
                $"is {moment:yyyy-MM-dd HH:mm:ss} UTC, not between {_options.Earliest:yyyy-MM-dd} and {_latest:yyyy-MM-dd HH:mm} (now and {_options.FutureTolerance.TotalHours} hours): check its form and unit."));
        }
    }

    private TimeZoneInfo? Zone(ref FieldReader fields, int field)
    {
        if (fields.Text(field, MaximumTimeZoneLength) is not { } id)
            return null;
        if (_zones.TryFind(id, out var zone))
            return zone;

        fields.Fail(field, UnknownZone());
        return null;
    }

    private FieldFault UnknownZone()
    {
        if (!_zones.HasZones)
            TimeZoneNotice ??= "This machine has no time zone data, so that only UTC is known: install the package tzdata.";
        return new FieldFault(
            RejectReason.UnknownValue,
            _zones.HasZones ? "is not a time zone: give an IANA id such as Europe/Paris." : "is not a known time zone: this machine has no time zone data.");
    }

    private static bool IsCurrency(string text) => text.Length == CurrencyLetters && text.All(char.IsAsciiLetterUpper);
}
