namespace Ecart.Simulation;

/// <summary>What is wrong with a simulated device.</summary>
public enum DeviceFaultKind : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It wears out: one of its signals, or two, move away from where they were, until it fails.</summary>
    Degradation,

    /// <summary>A few readings far from all others.</summary>
    Spike,

    /// <summary>A sensor repeats its last value for two days.</summary>
    Stuck,

    /// <summary>A sensor reports in another unit from then on, and does not say so.</summary>
    UnitChange,

    /// <summary>Nothing is heard for ten hours.</summary>
    Silence,
}
