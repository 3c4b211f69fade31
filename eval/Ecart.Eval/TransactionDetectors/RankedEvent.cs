using Ecart.Eval.FraudHandbook;

namespace Ecart.Eval.TransactionDetectors;

/// <summary>An event as the engines saw it.</summary>
/// <param name="Transaction">With the rank score of the engine without any of the detectors.</param>
/// <param name="IsNormal">Whether it may teach a detector.</param>
/// <param name="Layout">Its vector by the domain's layout.</param>
/// <param name="StreamEvidence">Evidence of each streaming detector at full weight.</param>
internal sealed record RankedEvent(ScoredTransaction Transaction, bool IsNormal, float[] Layout, float[] StreamEvidence);
