namespace Ecart.Domains.UserBehavior;

/// <summary>How new the circumstances of an action are to the user, each from 0, usual or unknown, to 1, never seen.</summary>
/// <param name="Device">Device.</param>
/// <param name="Agent">User agent.</param>
/// <param name="Network">Network of the address.</param>
/// <param name="Country">Country.</param>
/// <param name="Resource">Resource.</param>
/// <param name="Type">Kind of action.</param>
/// <param name="Hour">Hour of the day.</param>
/// <param name="Bits">All together, as the logarithm to base 2 of how improbable they are.</param>
public readonly record struct UserNovelty(
    double Device, double Agent, double Network, double Country, double Resource, double Type, double Hour, double Bits);
