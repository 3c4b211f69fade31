namespace Ecart.Bench.Rules;

/// <summary>What was measured of one rule.</summary>
/// <param name="Expression">The rule.</param>
/// <param name="EvaluationsPerSecond">On one core.</param>
/// <param name="BytesPerEvaluation">Allocated on the managed heap.</param>
internal sealed record RuleFigure(string Expression, double EvaluationsPerSecond, double BytesPerEvaluation);
