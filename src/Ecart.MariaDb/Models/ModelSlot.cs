namespace Ecart.MariaDb.Models;

/// <summary>What a model can be in force as. At most one is in force in each slot of a domain.</summary>
public static class ModelSlot
{
    /// <summary>Makes the domain's embeddings out of those of its layout.</summary>
    public const string Embedding = "embedding";

    /// <summary>Weighs the evidence of a verdict.</summary>
    public const string Verdict = "verdict";

    /// <summary>Runs beside the model in <see cref="Verdict"/> and decides nothing.</summary>
    public const string Challenger = "verdict:challenger";

    /// <summary>What is normal for devices, found by <c>ecart devices calibrate</c>.</summary>
    public const string Calibration = "calibration";

    private const string Detectors = "detector:";

    /// <summary>A batch detector: one in force a kind.</summary>
    public static string Detector(string kind) => Detectors + kind;

    /// <summary>Whether a slot is one of <see cref="Detector"/>.</summary>
    public static bool IsDetector(string slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return slot.StartsWith(Detectors, StringComparison.Ordinal);
    }

    /// <summary>Whether a model made for one slot may be in force in another: its own, or one within it (<c>verdict:challenger</c>).</summary>
    internal static bool Admits(string slot, string made) =>
        slot == made || (slot.StartsWith(made, StringComparison.Ordinal) && slot[made.Length] == ':');
}
