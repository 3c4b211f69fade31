namespace Ecart.Domains.Transactions;

/// <summary>What <see cref="TransactionDecoder"/> assumes and accepts.</summary>
public sealed record TransactionDecoderOptions
{
    /// <summary>Currency in which amounts are scored, and that of a record without one. ISO 4217. Default <c>EUR</c>.</summary>
    public string DomainCurrency { get; init; } = "EUR";

    /// <summary>Units of <see cref="DomainCurrency"/> for one unit of another currency (key in upper case), above 0. Default none.</summary>
    public IReadOnlyDictionary<string, decimal> ExchangeRates { get; init; } = new Dictionary<string, decimal>();

    /// <summary>IANA id of the zone of a record that names neither the account's nor the merchant's. Default null: UTC.</summary>
    public string? DefaultTimeZone { get; init; }

    /// <summary>Name of the domain, which a record may tell. Default transactions.</summary>
    public string Domain { get; init; } = TransactionEvent.DomainName;

    /// <summary>Earliest event time accepted. Default 2000-01-01.</summary>
    public DateTime Earliest { get; init; } = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>How far ahead of now an event may be. Default 1 day.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What the domain's configuration says about money and time zones.</summary>
    public static TransactionDecoderOptions From(TransactionOptions options) => new()
    {
        DomainCurrency = options.Currency,
        ExchangeRates = options.ExchangeRates,
        DefaultTimeZone = options.TimeZone,
    };
}
