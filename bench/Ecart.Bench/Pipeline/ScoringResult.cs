namespace Ecart.Bench.Pipeline;

/// <summary>What scoring alone reaches.</summary>
/// <param name="PerSecond">Events scored and learned a second on one core.</param>
/// <param name="BytesPerEvent">Bytes allocated for each.</param>
internal readonly record struct ScoringResult(double PerSecond, double BytesPerEvent);
