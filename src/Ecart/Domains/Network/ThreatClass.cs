using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Classes of threats, as they are stored. A verdict carries one as the subject of its evidence <see cref="EvidenceCode.ThreatClass"/>.</summary>
public static class ThreatClass
{
    /// <summary>Vertical or horizontal scan.</summary>
    public const string Scan = "scan";

    /// <summary>Very much data out to a new destination.</summary>
    public const string Exfiltration = "exfiltration";

    /// <summary>Command and control: beacons.</summary>
    public const string CommandAndControl = "c2";

    /// <summary>Denial of service.</summary>
    public const string DenialOfService = "dos";

    /// <summary>Guessing of passwords.</summary>
    public const string BruteForce = "brute_force";

    /// <summary>Spreading from host to host inside.</summary>
    public const string Lateral = "lateral";

    /// <summary>Names made by an algorithm.</summary>
    public const string Dns = "dns";

    /// <summary>Malicious software, as a signature says.</summary>
    public const string Malware = "malware";

    /// <summary>Far from the profile, of no known kind.</summary>
    public const string UnknownAnomaly = "unknown_anomaly";

    /// <summary>The class of a verdict; null for none.</summary>
    public static string? Of(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        foreach (ref readonly Evidence evidence in verdict.Evidence)
            if (evidence.Code == EvidenceCode.ThreatClass) return evidence.Subject;
        return null;
    }
}
