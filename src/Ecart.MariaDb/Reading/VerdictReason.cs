namespace Ecart.MariaDb.Reading;

/// <summary>One finding as it is stored and told.</summary>
/// <param name="Type">Code of the evidence.</param>
/// <param name="Score">Its contribution, 0 to 1, rounded to 6 decimals.</param>
/// <param name="Detail">One sentence with the numbers.</param>
public sealed record VerdictReason(string Type, double Score, string Detail);
