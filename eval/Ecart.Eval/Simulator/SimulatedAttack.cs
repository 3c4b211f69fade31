namespace Ecart.Eval.Simulator;

/// <summary>Vectors that an attacker made.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Length">How many.</param>
/// <param name="Onset">Vectors before it that are neither normal nor an attack yet.</param>
internal readonly record struct SimulatedAttack(int First, int Length, int Onset = 0)
{
    /// <summary>The first vector after it.</summary>
    public int End => First + Length;
}
