using Ecart.Embedding;
using Ecart.Events;

namespace Ecart.Domains.UserBehavior;

/// <summary>The hashes under which what a user does is counted: each kind of value has its own.</summary>
internal static class UserHabit
{
    public const int NarrowVersion4 = 96 + 24;
    public const int NarrowVersion6 = 48;
    public const int WideVersion4 = 96 + 16;
    public const int WideVersion6 = 32;
    private const ulong DeviceKind = 1;
    private const ulong AgentKind = 2;
    private const ulong NetworkKind = 3;
    private const ulong CountryKind = 4;
    private const ulong ResourceKind = 5;
    private const ulong TypeKind = 6;
    private const ulong HourKind = 7;
    private const ulong ActionKind = 8;

    public static ulong Device(string? device) => Key(DeviceKind, FeatureHash.Of(device));

    public static ulong Agent(string? agent) => Key(AgentKind, FeatureHash.Of(agent));

    public static ulong Country(string? country) => Key(CountryKind, FeatureHash.Of(country));

    public static ulong Resource(string? resource) => Key(ResourceKind, FeatureHash.Of(resource));

    public static ulong Type(string type) => Key(TypeKind, FeatureHash.Of(type));

    public static ulong Hour(int hour) => Key(HourKind, (ulong)hour + 1);

    /// <summary>The network of an address: the /24 of version 4, the /48 of version 6; 0 when unknown.</summary>
    public static ulong Network(string? address) => Key(NetworkKind, Prefix(address, NarrowVersion4, NarrowVersion6));

    /// <summary>Hash of an address's first bits; 0 when unknown.</summary>
    public static ulong Prefix(string? address, int version4, int version6)
    {
        if (address is null) return 0;
        if (!AddressBits.TryParse(address, out UInt128 bits)) return FeatureHash.Of(address);
        UInt128 network = AddressBits.Cut(bits, AddressBits.IsVersion4(bits) ? version4 : version6);
        return FeatureHash.Of((ulong)(network >> 64) ^ ((ulong)network * 0x9E3779B97F4A7C15));
    }

    /// <summary>What was done, for sequences: type, resource and whether it failed.</summary>
    public static ulong Action(UserBehaviorEvent action) =>
        Mix(Mix(FeatureHash.Of(action.EventType), FeatureHash.Of(action.Resource)), action.Outcome == ActionOutcome.Failure ? 2UL : 1UL);

    /// <summary>What was done, for peers, whether it failed or not.</summary>
    public static ulong Deed(UserBehaviorEvent action) => Key(ActionKind, Mix(FeatureHash.Of(action.EventType), FeatureHash.Of(action.Resource)));

    private static ulong Key(ulong kind, ulong hash) => hash == 0 ? 0 : Mix(hash, kind);

    private static ulong Mix(ulong first, ulong second)
    {
        ulong mixed = (first ^ (second * 0xD6E8FEB86659FD93)) * 0x9E3779B97F4A7C15;
        return mixed ^ (mixed >> 29);
    }
}
