namespace Ecart.Scoring;

/// <summary>One detector's finding: what it adds to the score and the numbers a person needs to believe it.</summary>
/// <param name="Code">A constant of <see cref="EvidenceCode"/>.</param>
/// <param name="Contribution">What it adds to the score, 0 to 1, before the sum is clipped. May be 0 for information only.</param>
/// <param name="Observed">The number measured on this event (a distance, an amount, a count, a speed in km/h), in the detector's unit.</param>
/// <param name="Expected">What is normal (a mean, an expectation); NaN when there is none.</param>
/// <param name="Threshold">The value of <paramref name="Observed"/> from which it counts; NaN when there is none.</param>
/// <param name="Significance">z-score, p-value or rate that decided, as the detector documents; NaN when there is none.</param>
/// <param name="Subject">Which entity or signature it is about (for example <c>merchant:412</c>'s type <c>merchant</c>); null when it is the primary entity.</param>
public readonly record struct Evidence(
    string Code,
    double Contribution,
    double Observed,
    double Expected,
    double Threshold,
    double Significance,
    string? Subject);
