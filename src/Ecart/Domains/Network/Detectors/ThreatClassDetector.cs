using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>
/// Gives the event its class, the first that matches, and what its score lacks to the floor of the class. The class is the evidence's subject; see
/// <see cref="ThreatClass"/>.
/// </summary>
internal static class ThreatClassDetector
{
    /// <summary>Adds the class: the last evidence, because it looks at what all detectors found, trained ones included.</summary>
    public static void Classify(in NetworkContext context, Verdict verdict)
    {
        if (Find(in context, verdict) is not { } found) return;
        double sum = 0;
        foreach (ref readonly Evidence evidence in verdict.Evidence) sum += evidence.Contribution;
        double floor = context.Options.Floors.Of(found);
        verdict.Add(new(EvidenceCode.ThreatClass, Math.Max(0, floor - sum), sum, double.NaN, floor, double.NaN, found));
    }

    private static string? Find(in NetworkContext context, Verdict verdict)
    {
        if (SignatureCategory(in context, verdict) is { } category) return category;
        if (ScanDetector.IsScan(in context) || SlowScanDetector.IsTold(in context)) return ThreatClass.Scan;
        if (ExfiltrationDetector.IsExfiltration(in context)) return ThreatClass.Exfiltration;
        if (BeaconDetector.IsTold(in context)) return ThreatClass.CommandAndControl;
        if (FloodDetector.IsFlood(in context)) return ThreatClass.DenialOfService;
        if (BruteForceDetector.IsBruteForce(in context)) return ThreatClass.BruteForce;
        if (LateralDetector.IsLateral(in context)) return ThreatClass.Lateral;
        if (NameQueryDetector.IsGenerated(in context)) return ThreatClass.Dns;
        return context.DistanceZ > context.Options.UnknownAnomalySigmas ? ThreatClass.UnknownAnomaly : null;
    }

    private static string? SignatureCategory(in NetworkContext context, Verdict verdict)
    {
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            if (evidence.Code == EvidenceCode.SensorAlert) return AlertCategory(context.Event.AlertCategory);
            if (evidence.Code != EvidenceCode.Signature) continue;
            foreach (ThreatSignature signature in context.Patterns.Signatures)
                if (ReferenceEquals(signature.Name, evidence.Subject)) return signature.Category;
        }

        return null;
    }

    /// <summary>The class that a category of Suricata's classification speaks of; null when it is none of ours.</summary>
    private static string? AlertCategory(string? category)
    {
        if (category is null) return null;
        if (Has(category, "Scan")) return ThreatClass.Scan;
        if (Has(category, "Command and Control")) return ThreatClass.CommandAndControl;
        if (Has(category, "Denial of Service")) return ThreatClass.DenialOfService;
        if (Has(category, "Exfiltration")) return ThreatClass.Exfiltration;
        if (Has(category, "Login") || Has(category, "Brute")) return ThreatClass.BruteForce;
        return Has(category, "Trojan") || Has(category, "Malware") || Has(category, "Exploit Kit") ? ThreatClass.Malware : null;
    }

    private static bool Has(string category, string word) => category.Contains(word, StringComparison.OrdinalIgnoreCase);
}
