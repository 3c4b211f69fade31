namespace Ecart.Domains.Transactions;

/// <summary>
/// Layout, version 1, of the transaction embedding: 128 floats, scaled to Euclidean length 1. Positions are part of the stored data:
/// a change of any of them is a new version.
/// </summary>
public static class TransactionLayout
{
    /// <summary>Floats in an embedding.</summary>
    public const int Dimension = 128;

    /// <summary>Version of this layout.</summary>
    public const int Version = 1;

    internal const int ChannelCount = 5;
    internal const int CategoryBuckets = 50;
    internal const int CountryBuckets = 30;
    internal const int MerchantBuckets = 8;
    internal const int DeviceBuckets = 4;
    internal const int AddressBuckets = 4;

    internal const int Amount = 0;
    internal const int HourSin = 1;
    internal const int HourCos = 2;
    internal const int DaySin = 3;
    internal const int DayCos = 4;
    internal const int Channel = 5;
    internal const int Category = Channel + ChannelCount;
    internal const int Country = Category + CategoryBuckets;
    internal const int PositionX = Country + CountryBuckets;
    internal const int PositionY = PositionX + 1;
    internal const int PositionZ = PositionX + 2;
    internal const int SincePrevious = PositionX + 3;
    internal const int AmountLogDeviation = PositionX + 4;
    internal const int AmountDeviation = PositionX + 5;
    internal const int AmountToMaximum = PositionX + 6;
    internal const int MerchantNovelty = PositionX + 7;
    internal const int CategoryNovelty = PositionX + 8;
    internal const int CountryNovelty = PositionX + 9;
    internal const int DeviceNovelty = PositionX + 10;
    internal const int ChannelNovelty = PositionX + 11;
    internal const int HourRarity = PositionX + 12;
    internal const int CountHour = PositionX + 13;
    internal const int CountDay = PositionX + 14;
    internal const int AmountDay = PositionX + 15;
    internal const int TravelDistance = PositionX + 16;
    internal const int TravelSpeed = PositionX + 17;
    internal const int Weekend = PositionX + 18;
    internal const int Night = PositionX + 19;
    internal const int RoundAmount = PositionX + 20;
    internal const int ForeignCurrency = PositionX + 21;
    internal const int Merchant = PositionX + 22;
    internal const int Device = Merchant + MerchantBuckets;
    internal const int Address = Device + DeviceBuckets;

    private static readonly string[] Names = BuildNames();

    /// <summary>Name of each position, for explanations, for example <c>merchant_novelty</c> or <c>category#17</c>.</summary>
    public static IReadOnlyList<string> FeatureNames => Names;

    private static string[] BuildNames()
    {
        var names = new string[Dimension];
        string[] head = ["amount", "hour_sin", "hour_cos", "day_sin", "day_cos"];
        string[] middle =
        [
            "position_x", "position_y", "position_z", "since_previous", "amount_log_deviation", "amount_deviation",
            "amount_to_maximum", "merchant_novelty", "category_novelty", "country_novelty", "device_novelty", "channel_novelty",
            "hour_rarity", "count_hour", "count_day", "amount_day", "travel_distance", "travel_speed", "weekend", "night",
            "round_amount", "foreign_currency",
        ];
        head.CopyTo(names, 0);
        for (int i = 0; i < ChannelCount; i++) names[Channel + i] = "channel#" + ((TransactionChannel)i).ToString().ToLowerInvariant();
        Number(names, Category, CategoryBuckets, "category#");
        Number(names, Country, CountryBuckets, "country#");
        middle.CopyTo(names, PositionX);
        Number(names, Merchant, MerchantBuckets, "merchant#");
        Number(names, Device, DeviceBuckets, "device#");
        Number(names, Address, AddressBuckets, "address#");
        return names;
    }

    private static void Number(string[] names, int start, int count, string prefix)
    {
        for (int i = 0; i < count; i++) names[start + i] = prefix + i;
    }
}
