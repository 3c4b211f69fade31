namespace Ecart.Domains.UserBehavior;

/// <summary>How many normal events of the users of the same role have a value in common with this one.</summary>
/// <param name="Country">The country.</param>
/// <param name="Network">The network.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Deed">Kind of action and resource.</param>
/// <param name="Hour">Hour of the day, an hour more or less.</param>
public readonly record struct PeerCounts(int Country, int Network, int Resource, int Deed, int Hour);
