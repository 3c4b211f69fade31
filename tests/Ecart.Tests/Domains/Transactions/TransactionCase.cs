using Ecart.Domains.Transactions;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>Ordinary transactions in which a test changes what matters to it.</summary>
internal static class TransactionCase
{
    /// <summary>Monday noon.</summary>
    public static readonly DateTime Start = new(2025, 3, 3, 12, 0, 0, DateTimeKind.Utc);

    public static TransactionEvent At(
        double minutes,
        double amount = 20,
        string account = "A1",
        string? merchant = "M1",
        string? device = null,
        string? address = null,
        string? category = "groceries",
        string? country = "FR",
        TransactionChannel channel = TransactionChannel.Online,
        double latitude = double.NaN,
        double longitude = double.NaN,
        short offsetMinutes = 0,
        string currency = "EUR",
        string? uid = null) => new()
        {
            EventUid = uid ?? FormattableString.Invariant($"{account}-{minutes}"),
            OccurredAt = Start.AddTicks((long)(minutes * 60_000_000) * 10),
            AccountId = account,
            Amount = (decimal)amount,
            ScoredAmount = amount,
            Currency = currency,
            MerchantId = merchant,
            MerchantCategory = category,
            Channel = channel,
            Country = country,
            Latitude = latitude,
            Longitude = longitude,
            DeviceId = device,
            IpAddress = address,
            UtcOffsetMinutes = offsetMinutes,
        };
}
