using Ecart.Domains.Network;

namespace Ecart.Simulation;

/// <summary>A generated connection with its truth.</summary>
/// <param name="Event">The connection.</param>
/// <param name="Truth">What it really is.</param>
/// <param name="Incident">Number of the incident, from 1; 0 for none.</param>
public readonly record struct SimulatedFlow(NetworkFlow Event, NetworkThreat Truth, int Incident)
{
    /// <summary>True for every kind of threat.</summary>
    public bool IsThreat => Truth != NetworkThreat.None;
}
