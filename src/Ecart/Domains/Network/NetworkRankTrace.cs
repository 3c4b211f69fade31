namespace Ecart.Domains.Network;

/// <summary>What the rank score was made of, for a model that weighs it anew.</summary>
/// <param name="DistanceTail">Share of the population's connections as far from their sources' usual ones; 1 for no opinion.</param>
/// <param name="VolumeTail">Share of the population that sent as much.</param>
internal readonly record struct NetworkRankTrace(double DistanceTail, double VolumeTail);
