using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Signatures;

/// <summary>A known threat as it is kept and exchanged.</summary>
public sealed record NetworkSignature
{
    /// <summary>Categories that a signature may have.</summary>
    public static IReadOnlyList<string> Categories { get; } =
    [
        ThreatClass.Malware, ThreatClass.DenialOfService, ThreatClass.Scan, ThreatClass.Exfiltration, ThreatClass.CommandAndControl, ThreatClass.Lateral,
        ThreatClass.BruteForce, ThreatClass.Dns,
    ];

    /// <summary>Name for people, 1 to 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="Categories"/>.</summary>
    public required string Category { get; init; }

    /// <summary>Severity, low to critical.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Pattern: 64 finite floats by <see cref="NetworkLayout"/>.</summary>
    public required IReadOnlyList<float> Vector { get; init; }

    /// <summary>Distance within which a connection matches, 0 to 2: vectors have length 1.</summary>
    public required double Radius { get; init; }

    /// <summary>Version of the layout. Default the newest.</summary>
    public int EmbeddingVersion { get; init; } = NetworkLayout.Version;

    /// <summary>What it is, for people; at most 2,000 characters. Null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Id of the technique in MITRE ATT&amp;CK; null for none.</summary>
    public string? MitreId { get; init; }

    /// <summary>The form that detectors compare with.</summary>
    public ThreatSignature ToThreat() => new(Name, [.. Vector], Radius, Severity, Category, EmbeddingVersion);

    /// <summary>What is wrong with it, in one sentence that names the field; null when nothing is.</summary>
    public string? FindFault()
    {
        if (Name is not { Length: > 0 and <= 128 }) return "name must have 1 to 128 characters.";
        if (!Categories.Contains(Category)) return $"category '{Category}' is none of {string.Join(", ", Categories)}.";
        if (Severity is Severity.None || !Enum.IsDefined(Severity)) return $"severity '{Severity}' is none of low, medium, high, critical.";
        if (Vector is null || Vector.Count != NetworkLayout.Dimension) return $"vector has {Vector?.Count ?? 0} numbers instead of {NetworkLayout.Dimension}.";
        if (!Vector.All(float.IsFinite)) return "vector has a number that is not finite.";
        if (Radius is not (>= 0 and <= 2)) return $"radius {Radius} is not between 0 and 2.";
        if (EmbeddingVersion < 1) return $"embedding_version {EmbeddingVersion} is below 1.";
        if (Description?.Length > 2000) return "description has more than 2,000 characters.";
        return MitreId is not null && !MitreTechnique.IsId(MitreId) ? $"mitre_id '{MitreId}' is not of the form T1046 or T1110.001." : null;
    }
}
