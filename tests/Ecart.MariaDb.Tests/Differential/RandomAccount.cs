using Ecart.Domains.Transactions;
using Ecart.Numerics;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>
/// One random account: what it did before, and a last transaction, the case, on one of three days. Every kind of account that the detectors treat
/// differently comes up, by the account's number.
/// </summary>
internal sealed class RandomAccount
{
    public const int Kinds = 9;
    private const double Equator = 111.2;
    private static readonly string?[] Countries = ["FR", "FR", "FR", "DE", "US", null];
    private static readonly short[] Offsets = [0, 60, -480, 330, 840];
    private readonly SeededRandom random;
    private readonly string id;
    private readonly double median;
    private int events;

    public RandomAccount(int number, ulong seed)
    {
        random = new SeededRandom((seed * 100_003) + (ulong)number);
        id = $"account {number}";
        Kind = number % Kinds;
        median = random.NextLogNormal(60, 1);
        DateTime day = new DateTime(2026, 3, 10, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(3));
        DateTime at = day.AddMicroseconds(random.Next(1_000_000_000) * 86.4);
        History = Kind switch
        {
            0 => [],
            1 => Ordinary(at, random.Next(1, 9)),
            2 => Regular(at),
            3 => FlaggedOnly(at),
            _ => Ordinary(at, random.Next(8, 45)),
        };
        if (Kind == 4) AddBurst(at);
        if (Kind is 5 or 6) AddPlace(at, withPosition: Kind == 5);
        if (Kind == 7) History.Add(Make(at.AddHours(random.Chance(0.5) ? random.Next(1, 20) : random.Next(25, 40))));
        History.Sort((left, right) => left.OccurredAt.CompareTo(right.OccurredAt));
        if (Kind == 8 && History.Count > 3) (History[^2], History[^3]) = (History[^3], History[^2]);
        Case = MakeCase(at);
    }

    public int Kind { get; }

    /// <summary>In the order of the log.</summary>
    public List<TransactionEvent> History { get; }

    public TransactionEvent Case { get; }

    /// <summary>Whether people said of everything before that it was normal.</summary>
    public bool IsCleared => Kind == 3;

    private List<TransactionEvent> Ordinary(DateTime at, int count)
    {
        DateTime start = at.AddDays(-random.Between(2, 40));
        return [.. Enumerable.Range(0, count).Select(_ => Make(start.AddTicks((long)((at.AddHours(-2) - start).Ticks * random.NextDouble()))))];
    }

    /// <summary>The most regular of all: σ is 0 before its floor.</summary>
    private List<TransactionEvent> Regular(DateTime at)
    {
        int count = random.Next(10, 25);
        TransactionEvent one = Make(at);
        double amount = Math.Round(median, 2);
        return [.. Enumerable.Range(1, count).Select(day => Copy(one, at.AddDays(day - count - 1), amount))];
    }

    /// <summary>Nothing but large amounts: all flagged, so no distance was ever measured.</summary>
    private List<TransactionEvent> FlaggedOnly(DateTime at) =>
        [.. Enumerable.Range(1, random.Next(10, 14)).Select(day => Copy(Make(at), at.AddDays(-day - 1), 60_000 + random.Next(40_000)))];

    private void AddBurst(DateTime at)
    {
        int count = random.Next(1, 12);
        for (int i = 0; i < count; i++) History.Add(Make(at.AddSeconds(-random.Between(0, 4500))));
    }

    private void AddPlace(DateTime at, bool withPosition)
    {
        TransactionEvent like = Make(at.AddMinutes(-random.Between(0, random.Chance(0.3) ? 1500 : 240)));
        History.Add(new TransactionEvent
        {
            EventUid = like.EventUid,
            AccountId = id,
            OccurredAt = like.OccurredAt,
            Amount = like.Amount,
            ScoredAmount = like.ScoredAmount,
            Channel = random.Chance(0.5) ? TransactionChannel.Pos : TransactionChannel.Atm,
            Country = Countries[random.Next(Countries.Length)],
            Latitude = withPosition ? 0 : double.NaN,
            Longitude = withPosition ? random.NextLogNormal(200, 2) / Equator % 180 : double.NaN,
        });
    }

    private TransactionEvent MakeCase(DateTime at)
    {
        double amount = random.NextDouble() switch
        {
            < 0.6 => random.NextLogNormal(median, 0.6),
            < 0.8 => random.NextLogNormal(median * 10, 0.8),
            < 0.93 => random.Between(9_900, 50_100),
            _ => random.Between(49_900, 500_000),
        };
        if (random.Chance(0.03)) amount = random.Chance(0.5) ? 10_000 : 50_000;
        if (Kind == 2 && random.Chance(0.7)) return Copy(Make(at), at, random.Chance(0.5) ? Math.Round(median, 2) : amount);
        TransactionEvent like = Make(at);
        bool isPlace = Kind is 5 or 6 && random.Chance(0.8);
        return Copy(
            like,
            at,
            amount,
            isPlace ? TransactionChannel.Pos : like.Channel,
            isPlace ? (Kind == 5 || random.Chance(0.3) ? 0 : double.NaN) : like.Latitude);
    }

    private TransactionEvent Make(DateTime at)
    {
        bool hasPosition = random.Chance(0.3);
        var channel = (TransactionChannel)random.Next(5);
        var made = new TransactionEvent
        {
            EventUid = $"{id} {++events}",
            AccountId = id,
            OccurredAt = Whole(at),
            Amount = 0,
            ScoredAmount = 0,
            Channel = channel,
            Country = random.Chance(0.9) ? "FR" : Countries[random.Next(Countries.Length)],
            Latitude = hasPosition ? random.Between(-0.1, 0.1) : double.NaN,
            Longitude = hasPosition ? random.Between(-0.1, 0.1) : double.NaN,
            MerchantId = random.Chance(0.85) ? $"merchant {random.Next(40)}" : null,
            MerchantCategory = random.Chance(0.8) ? $"category {random.Next(6)}" : null,
            DeviceId = channel == TransactionChannel.Online ? $"device {random.Next(60)}" : null,
            IpAddress = channel is TransactionChannel.Online or TransactionChannel.Mobile ? $"10.0.0.{random.Next(60)}" : null,
            UtcOffsetMinutes = Offsets[random.Chance(0.6) ? 0 : random.Next(Offsets.Length)],
        };
        return Copy(made, at, random.NextLogNormal(median, 0.4));
    }

    private TransactionEvent Copy(TransactionEvent like, DateTime at, double amount, TransactionChannel? channel = null, double? latitude = null)
    {
        bool isForeign = Kind != 2 && random.Chance(0.1);
        decimal money = Math.Round((decimal)amount, 2);
        return new TransactionEvent
        {
            EventUid = like.OccurredAt == Whole(at) ? like.EventUid : $"{id} {++events}",
            AccountId = id,
            OccurredAt = Whole(at),
            Amount = money,
            ScoredAmount = isForeign ? (double)money * 1.0837 : (double)money,
            Currency = isForeign ? "USD" : "EUR",
            Channel = channel ?? like.Channel,
            Country = like.Country,
            Latitude = latitude ?? like.Latitude,
            Longitude = latitude is { } given ? given : like.Longitude,
            MerchantId = like.MerchantId,
            MerchantCategory = like.MerchantCategory,
            DeviceId = like.DeviceId,
            IpAddress = like.IpAddress,
            UtcOffsetMinutes = like.UtcOffsetMinutes,
        };
    }

    private static DateTime Whole(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
