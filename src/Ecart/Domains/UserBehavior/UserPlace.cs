namespace Ecart.Domains.UserBehavior;

/// <summary>Where and from what a user acted.</summary>
/// <param name="Ticks">Event time.</param>
/// <param name="Latitude">Degrees; NaN when unknown.</param>
/// <param name="Longitude">Degrees; NaN when unknown.</param>
/// <param name="Country">Country code; null when unknown.</param>
/// <param name="Device">Hash of the device, else of the user agent; 0 when both are unknown.</param>
/// <param name="Network">Hash of the network; 0 when unknown.</param>
internal readonly record struct UserPlace(long Ticks, double Latitude, double Longitude, string? Country, ulong Device, ulong Network)
{
    public bool HasPosition => !double.IsNaN(Latitude) && !double.IsNaN(Longitude);

    /// <summary>Whether it says where at all.</summary>
    public bool IsSomewhere => HasPosition || Country is not null;

    /// <summary>Another device in another network; false where it is not known.</summary>
    public bool IsElsewhere(in UserPlace other) =>
        Device != 0 && other.Device != 0 && Network != 0 && other.Network != 0 && Device != other.Device && Network != other.Network;

    public static UserPlace Of(UserBehaviorEvent action) => new(
        action.OccurredAt.Ticks,
        action.Latitude,
        action.Longitude,
        action.Country,
        action.DeviceId is null ? UserHabit.Agent(action.UserAgent) : UserHabit.Device(action.DeviceId),
        UserHabit.Network(action.SourceIp));
}
