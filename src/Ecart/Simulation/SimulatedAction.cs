using Ecart.Domains.UserBehavior;

namespace Ecart.Simulation;

/// <summary>A generated action with its truth.</summary>
/// <param name="Event">The action.</param>
/// <param name="Truth">What it really is.</param>
/// <param name="Incident">Number of the incident, from 1; 0 for ordinary actions.</param>
public readonly record struct SimulatedAction(UserBehaviorEvent Event, UserThreatKind Truth, int Incident)
{
    /// <summary>True for every kind of threat.</summary>
    public bool IsThreat => Truth != UserThreatKind.None;
}
