namespace Ecart.Detection;

/// <summary>Events and confirmed frauds of a merchant, device or address in the history window.</summary>
/// <param name="Events">Events in the window.</param>
/// <param name="Frauds">Those confirmed as fraud.</param>
public readonly record struct EntityRisk(int Events, int Frauds);
