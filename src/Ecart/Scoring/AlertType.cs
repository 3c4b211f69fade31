namespace Ecart.Scoring;

/// <summary>The kind of an alert: that of its only contributor, else combined. Stored by its lower-case name.</summary>
public static class AlertType
{
    /// <summary>Several detectors contributed.</summary>
    public const string Combined = "combined";

    /// <summary>Far from what is usual.</summary>
    public const string Distance = "distance";

    /// <summary>Too fast.</summary>
    public const string Velocity = "velocity";

    /// <summary>Of an unusual kind.</summary>
    public const string Pattern = "pattern";

    /// <summary>Against a fixed rule.</summary>
    public const string Rule = "rule";

    /// <summary>The type of a verdict's alert.</summary>
    public static string Of(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        string? sole = null;
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            if (evidence.Contribution <= 0) continue;
            if (sole is not null) return Combined;
            sole = evidence.Code;
        }

        return sole is null ? Combined : KindOf(sole);
    }

    private static string KindOf(string code) => code switch
    {
        EvidenceCode.BehaviorDistance or EvidenceCode.ProfileDistance or EvidenceCode.KnnDistance or EvidenceCode.OutsideClusters
            or EvidenceCode.Density or EvidenceCode.Isolation or EvidenceCode.Reconstruction or EvidenceCode.Outlier or EvidenceCode.Drift
            or EvidenceCode.FieldDeviation => Distance,
        EvidenceCode.Velocity or EvidenceCode.ImpossibleTravel or EvidenceCode.PasswordGuessing => Velocity,
        EvidenceCode.HighAmount or EvidenceCode.VeryHighAmount or EvidenceCode.Rule => Rule,
        _ => Pattern,
    };
}
