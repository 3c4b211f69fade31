namespace Ecart.Eval.Batadal;

/// <summary>The last line of a run: means over the attacked files.</summary>
internal sealed record BatadalResult(string Eval, int Files, double S, double TimeToDetection, double TruePositiveRate, double TrueNegativeRate);
