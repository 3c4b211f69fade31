using System.Text.Json.Serialization;

namespace Ecart.Eval.Skab;

/// <summary>The last line of a run: pooled figures of all files, rates as shares.</summary>
internal sealed record SkabResult(string Eval, int Files, long Rows, [property: JsonPropertyName("f1")] double F1, double Far, double Mar);
