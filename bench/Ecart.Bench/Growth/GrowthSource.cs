using System.Globalization;
using Ecart.Domains.Transactions;
using Ecart.Streaming.Sources;

namespace Ecart.Bench.Growth;

/// <summary>
/// Purchases of many accounts as a replay source, made as they are read: nothing of them stays in memory. Ten days of event time, each account with a device
/// of its own, three sharing an address. Not thread-safe.
/// </summary>
internal sealed class GrowthSource(AccountChoice choice, int events, DateTime start, Action halfWay) : IReplaySource
{
    private const double Days = 10;
    private const int Merchants = 2000;
    private const int AccountsPerAddress = 3;
    private static readonly string[] Categories = ["grocery", "fuel", "travel", "food", "books"];
    private int position;

    public string Name => "growth";

    public long Position => position;

    public string? Failure => null;

    public double Progress => (double)position / events;

    /// <summary>Name of an account.</summary>
    public static string NameOf(int account) => string.Create(CultureInfo.InvariantCulture, $"A{account:D7}");

    /// <summary>A purchase of an account.</summary>
    public static TransactionEvent Purchase(int account, int number, DateTime at)
    {
        int merchant = ((account * 31) + (number * 7 % 11)) % Merchants;
        int address = account / AccountsPerAddress;
        int amount = 500 + ((account * 13) % 4000) + ((number * 37) % 700);
        return new TransactionEvent
        {
            EventUid = string.Create(CultureInfo.InvariantCulture, $"g{number}"),
            OccurredAt = at,
            AccountId = NameOf(account),
            Amount = amount / 100m,
            ScoredAmount = amount / 100.0,
            MerchantId = string.Create(CultureInfo.InvariantCulture, $"M{merchant}"),
            MerchantCategory = Categories[merchant % Categories.Length],
            Channel = TransactionChannel.Online,
            Country = "DE",
            DeviceId = string.Create(CultureInfo.InvariantCulture, $"D{account:D7}"),
            IpAddress = string.Create(CultureInfo.InvariantCulture, $"10.{address >> 16}.{(address >> 8) & 255}.{address & 255}"),
        };
    }

    public bool TryRead(out ReplayItem item)
    {
        item = default;
        if (position == events) return false;
        if (position == events / 2) halfWay();
        item = new ReplayItem(Purchase(choice.Next(), position, start.AddDays(Days * position / events)), null, null, Name, position + 1);
        position++;
        return true;
    }

    public void Dispose()
    {
    }
}
