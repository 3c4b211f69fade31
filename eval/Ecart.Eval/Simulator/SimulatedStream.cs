namespace Ecart.Eval.Simulator;

/// <summary>One entity's vectors, every 15 minutes, and the truth about them.</summary>
/// <param name="Vectors">The vectors, in time order, all of one length.</param>
/// <param name="Attacks">What has to be found, in time order.</param>
/// <param name="JudgedFrom">First vector that counts: before it a detector may still be learning.</param>
/// <param name="ShiftAt">Where the entity's normal changed for good; null where it did not.</param>
internal sealed record SimulatedStream(
    IReadOnlyList<float[]> Vectors, IReadOnlyList<SimulatedAttack> Attacks, int JudgedFrom, int? ShiftAt = null)
{
    /// <summary>Vectors an hour.</summary>
    public const int PerHour = 4;

    /// <summary>Vectors a day.</summary>
    public const int PerDay = 24 * PerHour;
}
