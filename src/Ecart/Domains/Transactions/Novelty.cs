namespace Ecart.Domains.Transactions;

/// <summary>How new parts of an event are to its account, each from 0 (usual) to 1 (never seen, and much was seen).</summary>
/// <param name="Merchant">The merchant.</param>
/// <param name="Category">The merchant's category.</param>
/// <param name="Country">The country.</param>
/// <param name="Device">The device.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Hour">The local hour and its neighbours.</param>
public readonly record struct Novelty(double Merchant, double Category, double Country, double Device, double Channel, double Hour);
