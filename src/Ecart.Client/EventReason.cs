namespace Ecart.Client;

/// <summary>A part of a score.</summary>
/// <param name="Type">Code of the evidence: <c>high_amount</c>.</param>
/// <param name="Score">What it adds to the score.</param>
/// <param name="Detail">In words, in English.</param>
public sealed record EventReason(string Type, double Score, string Detail);
