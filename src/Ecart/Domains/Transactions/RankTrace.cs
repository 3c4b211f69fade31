namespace Ecart.Domains.Transactions;

/// <summary>What the rank score was made of, for a model that weighs it anew.</summary>
/// <param name="DeviationTail">Share of the population whose amounts deviate as far from their accounts' own; 1 for no opinion.</param>
/// <param name="AmountTail">Share of the population with amounts as high.</param>
/// <param name="Burst">Recent surprises of the account, each faded since.</param>
internal readonly record struct RankTrace(double DeviationTail, double AmountTail, double Burst);
