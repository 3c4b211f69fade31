namespace Ecart.Eval.TransactionDetectors;

/// <summary>What one detector says of the events of a period, in their order.</summary>
/// <param name="Detector">Its kind.</param>
/// <param name="Evidence">Evidence for the rank at full weight, 0 to 1.</param>
/// <param name="Alone">What it orders the events by.</param>
internal sealed record DetectorVote(string Detector, double[] Evidence, double[] Alone);
