namespace Ecart.Scoring;

/// <summary>What a tail probability is worth as evidence for the rank.</summary>
/// <param name="Reliability">The most that it says, 0 to 1.</param>
/// <param name="Half">The tail probability that is worth half of that.</param>
internal readonly record struct TailWorth(double Reliability, double Half)
{
    /// <summary>Evidence, 0 to <see cref="Reliability"/>.</summary>
    /// <param name="tail">P(S ≥ s).</param>
    public double Of(double tail)
    {
        double ratio = tail / Half;
        return Reliability / (1 + (ratio * ratio));
    }
}
