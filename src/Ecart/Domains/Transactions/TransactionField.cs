using Ecart.Events.Decoding;

namespace Ecart.Domains.Transactions;

/// <summary>The fields that the transactions domain reads, by index.</summary>
internal static class TransactionField
{
    public const int Domain = 0;
    public const int Uid = 1;
    public const int Account = 2;
    public const int Merchant = 3;
    public const int OccurredAt = 4;
    public const int Amount = 5;
    public const int Currency = 6;
    public const int Category = 7;
    public const int Channel = 8;
    public const int Country = 9;
    public const int City = 10;
    public const int Latitude = 11;
    public const int Longitude = 12;
    public const int Device = 13;
    public const int Ip = 14;
    public const int UserAgent = 15;
    public const int TimeZone = 16;
    public const int MerchantTimeZone = 17;
    public const int Label = 18;
    public const int LabelKnownAt = 19;
    public const int LabelKind = 20;

    /// <summary>Names and usual synonyms in order of the indexes.</summary>
    public static readonly FieldSchema Schema = new(
        TransactionEvent.DomainName,
        new FieldDefinition("domain", false),
        new FieldDefinition("uid", false, "event_uid", "transaction_id", "event_id", "tx_id"),
        new FieldDefinition("account", true, "account_id", "customer_id", "customer", "card_id", "card"),
        new FieldDefinition("merchant", false, "merchant_id", "terminal_id", "terminal"),
        new FieldDefinition("occurred_at", true, "timestamp", "tx_datetime", "datetime", "event_time", "transaction_time", "time"),
        new FieldDefinition("amount", true, "tx_amount", "transaction_amount"),
        new FieldDefinition("currency", false, "currency_code"),
        new FieldDefinition("category", false, "merchant_category", "mcc"),
        new FieldDefinition("channel", false, "transaction_channel"),
        new FieldDefinition("country", false, "country_code", "merchant_country"),
        new FieldDefinition("city", false, "merchant_city"),
        new FieldDefinition("latitude", false, "lat"),
        new FieldDefinition("longitude", false, "lon", "lng"),
        new FieldDefinition("device", false, "device_id"),
        new FieldDefinition("ip", false, "ip_address", "source_ip"),
        new FieldDefinition("user_agent", false),
        new FieldDefinition("time_zone", false, "account_time_zone"),
        new FieldDefinition("merchant_time_zone", false),
        new FieldDefinition("label", false, "is_fraud", "fraud", "tx_fraud"),
        new FieldDefinition("label_known_at", false),
        new FieldDefinition("label_kind", false, "fraud_kind", "fraud_scenario", "tx_fraud_scenario"));
}
