namespace Ecart.Domains.UserBehavior;

/// <summary>What the rank score was made of, for a model that weighs it anew: shares of the population as far out; 1 for no opinion.</summary>
/// <param name="DistanceTail">Of the distance to the user's own.</param>
/// <param name="NoveltyTail">Of how new the circumstances are.</param>
/// <param name="SequenceTail">Of the sequence of actions.</param>
/// <param name="Burst">Recent surprises of the user, each faded since.</param>
internal readonly record struct UserBehaviorRankTrace(double DistanceTail, double NoveltyTail, double SequenceTail, double Burst);
