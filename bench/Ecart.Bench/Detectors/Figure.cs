namespace Ecart.Bench.Detectors;

/// <summary>One measured figure.</summary>
/// <param name="Key">Its key in the JSON, such as <c>knn_read_ratio</c>; without the unit only where it is a ratio.</param>
/// <param name="Meaning">What it is, for a person.</param>
/// <param name="Value">The median of the rounds; NaN where it could not be measured.</param>
/// <param name="Unit">Unit, or "×" for a ratio.</param>
/// <param name="Bar">What it should reach, for a person; empty where it is told only.</param>
internal sealed record Figure(string Key, string Meaning, double Value, string Unit, string Bar = "");
