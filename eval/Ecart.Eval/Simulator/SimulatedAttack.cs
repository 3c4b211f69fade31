namespace Ecart.Eval.Simulator;

/// <summary>Vectors that an attacker made.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Length">How many.</param>
internal readonly record struct SimulatedAttack(int First, int Length)
{
    /// <summary>The first vector after it.</summary>
    public int End => First + Length;
}
