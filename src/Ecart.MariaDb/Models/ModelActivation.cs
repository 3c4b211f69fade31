namespace Ecart.MariaDb.Models;

/// <summary>A model that came into force.</summary>
/// <param name="Slot">In what.</param>
/// <param name="Version">The model; 0 for none from then on.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who decided it.</param>
/// <param name="At">When, UTC.</param>
public sealed record ModelActivation(string Slot, int Version, string Reason, string By, DateTime At);
