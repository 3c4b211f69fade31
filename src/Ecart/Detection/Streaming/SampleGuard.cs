using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Keeps an attack from being sampled as normal: what is far out weighs little, until it has become the rule; then it weighs more for a while, to make up
/// for what was missed.
/// </summary>
/// <param name="recoveryObservations">So many vectors far out without interruption are a genuine change.</param>
internal sealed class SampleGuard(int recoveryObservations)
{
    private const double DoubtedWeight = 0.1;
    private const double TrustedWeight = 4;
    private readonly InfluenceGate gate = InfluenceGate.ForRelativeScores(recoveryObservations);

    /// <summary>Takes the score of the next vector in.</summary>
    /// <returns>What the vector weighs in the sample.</returns>
    public double Weigh(double score)
    {
        double weight = gate.IsTrusting ? TrustedWeight : gate.IsDoubted(score) ? DoubtedWeight : 1;
        gate.Take(score);
        return weight;
    }

    public void Write(ArtefactWriter writer) => gate.Write(writer);

    public void Read(ref ArtefactReader reader) => gate.Read(ref reader);
}
