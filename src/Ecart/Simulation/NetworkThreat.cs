namespace Ecart.Simulation;

/// <summary>What a simulated connection really is.</summary>
public enum NetworkThreat : byte
{
    /// <summary>Nothing bad.</summary>
    None,

    /// <summary>Many ports of one host.</summary>
    VerticalScan,

    /// <summary>One port of many hosts.</summary>
    HorizontalScan,

    /// <summary>Guessing of passwords.</summary>
    BruteForce,

    /// <summary>Regular calls to a control server.</summary>
    Beacon,

    /// <summary>Very much data out to a new destination.</summary>
    Exfiltration,

    /// <summary>A flood of connections.</summary>
    Flood,

    /// <summary>Spreading from host to host inside.</summary>
    Lateral,

    /// <summary>Names made by an algorithm.</summary>
    GeneratedNames,
}
