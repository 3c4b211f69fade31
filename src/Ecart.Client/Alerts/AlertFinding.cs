namespace Ecart.Client.Alerts;

/// <summary>A piece of evidence of an alert, with its numbers.</summary>
/// <param name="Code">Stable code of the evidence.</param>
/// <param name="Score">What it adds to the score, 0 to 1.</param>
/// <param name="Detail">One English sentence with the numbers, as it is stored.</param>
/// <param name="Observed">The number measured; null when there is none.</param>
/// <param name="Expected">What is usual; null when there is none.</param>
/// <param name="Threshold">From where on it counts; null when there is none.</param>
/// <param name="Significance">z-score, p-value or rate that decided; null when there is none.</param>
/// <param name="Subject">Which entity, field, rule or signature it is about; null for the entity itself.</param>
public sealed record AlertFinding(
    string Code, double Score, string Detail, double? Observed, double? Expected, double? Threshold, double? Significance, string? Subject);
