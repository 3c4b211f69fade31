namespace Ecart.MariaDb.Models;

/// <summary>A model in a list.</summary>
/// <param name="Version">Its number within the domain.</param>
/// <param name="Description">What is known of it.</param>
/// <param name="Bytes">Length of its artefact.</param>
/// <param name="CreatedAt">When it was stored, UTC.</param>
/// <param name="InForceAs">The slots that it is in force in; empty for most.</param>
public sealed record ModelSummary(int Version, ModelDescription Description, long Bytes, DateTime CreatedAt, IReadOnlyList<string> InForceAs);
