namespace Ecart.Domains.UserBehavior;

/// <summary>
/// Layout, version 1, of the embedding of a user's action: 256 floats, scaled to Euclidean length 1. Positions are part of the stored data: a change of any of
/// them is a new version.
/// </summary>
public static class UserBehaviorLayout
{
    /// <summary>Floats in an embedding.</summary>
    public const int Dimension = 256;

    /// <summary>Version of this layout.</summary>
    public const int Version = 1;

    internal const int TypeBuckets = 32;
    internal const int ResourceBuckets = 64;
    internal const int WideNetworkBuckets = 16;
    internal const int NetworkBuckets = 24;
    internal const int AgentBuckets = 16;
    internal const int DeviceBuckets = 16;
    internal const int CountryBuckets = 24;
    internal const int CityBuckets = 8;
    internal const int RoleBuckets = 16;
    internal const int OutcomeCount = 3;

    internal const int HourSin = 0;
    internal const int HourCos = 1;
    internal const int DaySin = 2;
    internal const int DayCos = 3;
    internal const int Weekend = 4;
    internal const int Outcome = 5;
    internal const int PositionX = Outcome + OutcomeCount;
    internal const int PositionY = PositionX + 1;
    internal const int PositionZ = PositionX + 2;
    internal const int SincePrevious = PositionX + 3;
    internal const int CountHour = PositionX + 4;
    internal const int FailuresHour = PositionX + 5;
    internal const int DeviceNovelty = PositionX + 6;
    internal const int AgentNovelty = PositionX + 7;
    internal const int NetworkNovelty = PositionX + 8;
    internal const int CountryNovelty = PositionX + 9;
    internal const int ResourceNovelty = PositionX + 10;
    internal const int TypeNovelty = PositionX + 11;
    internal const int HourRarity = PositionX + 12;
    internal const int TravelDistance = PositionX + 13;
    internal const int TravelSpeed = PositionX + 14;
    internal const int Sources = PositionX + 15;
    internal const int Type = 32;
    internal const int Resource = Type + TypeBuckets;
    internal const int WideNetwork = Resource + ResourceBuckets;
    internal const int Network = WideNetwork + WideNetworkBuckets;
    internal const int Agent = Network + NetworkBuckets;
    internal const int Device = Agent + AgentBuckets;
    internal const int Country = Device + DeviceBuckets;
    internal const int City = Country + CountryBuckets;
    internal const int Role = City + CityBuckets;
    internal const int End = Role + RoleBuckets;

    private static readonly string[] Names = BuildNames();

    /// <summary>Name of each position, for explanations, for example <c>device_novelty</c> or <c>resource#17</c>; <c>unused#n</c> is always 0.</summary>
    public static IReadOnlyList<string> FeatureNames => Names;

    private static string[] BuildNames()
    {
        var names = new string[Dimension];
        string[] head =
        [
            "hour_sin", "hour_cos", "day_sin", "day_cos", "weekend", "outcome#unknown", "outcome#success", "outcome#failure", "position_x", "position_y",
            "position_z", "since_previous", "count_hour", "failures_hour", "device_novelty", "agent_novelty", "network_novelty", "country_novelty",
            "resource_novelty", "type_novelty", "hour_rarity", "travel_distance", "travel_speed", "sources",
        ];
        head.CopyTo(names, 0);
        Number(names, head.Length, Type - head.Length, "unused#");
        Number(names, Type, TypeBuckets, "type#");
        Number(names, Resource, ResourceBuckets, "resource#");
        Number(names, WideNetwork, WideNetworkBuckets, "wide_network#");
        Number(names, Network, NetworkBuckets, "network#");
        Number(names, Agent, AgentBuckets, "agent#");
        Number(names, Device, DeviceBuckets, "device#");
        Number(names, Country, CountryBuckets, "country#");
        Number(names, City, CityBuckets, "city#");
        Number(names, Role, RoleBuckets, "role#");
        Number(names, End, Dimension - End, "unused_end#");
        return names;
    }

    private static void Number(string[] names, int start, int count, string prefix)
    {
        for (int i = 0; i < count; i++) names[start + i] = prefix + i;
    }
}
