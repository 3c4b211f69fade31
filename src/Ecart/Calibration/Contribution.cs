namespace Ecart.Calibration;

/// <summary>What a detector added to a score.</summary>
/// <param name="Code">Code of the evidence.</param>
/// <param name="Value">Its contribution as the detector gave it, before any weight.</param>
public readonly record struct Contribution(string Code, double Value);
