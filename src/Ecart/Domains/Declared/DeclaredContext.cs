using Ecart.Detection;
using Ecart.Profiles;

namespace Ecart.Domains.Declared;

/// <summary>What is known when an event of a declared domain is scored: the event and the entity's past, as plain numbers.</summary>
internal ref struct DeclaredContext
{
    /// <summary>The event, by the plan's schema.</summary>
    public DeclaredEvent Event;

    /// <summary>The domain.</summary>
    public DeclaredPlan Plan;

    /// <summary>Signatures and exceptions in force.</summary>
    public ReferencePatterns Patterns;

    /// <summary>The event's embedding.</summary>
    public ReadOnlySpan<float> Embedding;

    /// <summary>The event by the declaration's layout.</summary>
    public ReadOnlySpan<float> Layout;

    /// <summary>Version of the embedding.</summary>
    public int EmbeddingVersion;

    /// <summary>Day number of the event time: days since 0001-01-01 UTC.</summary>
    public int Day;

    /// <summary>The entity's profile; empty for a new entity.</summary>
    public ProfileSummary Profile;

    /// <summary>Distance to the centroid; NaN without a centroid.</summary>
    public double Distance;

    /// <summary>The entity's earlier events in the window of velocity; 0 where that is not looked at.</summary>
    public int EarlierInWindow;

    /// <summary>The entity's earlier events in the last hour.</summary>
    public int EarlierInHour;

    /// <summary>The entity's earlier events in the last 24 hours.</summary>
    public int EarlierInDay;

    /// <summary>Minutes since the entity's newest earlier event; NaN for the first.</summary>
    public double MinutesSincePrevious;

    /// <summary>Values of the windows, those that the declaration names first; null when there are none.</summary>
    public double[]? Windows;

    /// <summary>Standard deviations of each measure from the entity's mean; NaN when unknown.</summary>
    public ReadOnlySpan<double> Deviations;

    /// <summary>The largest of the declared deviations, on the sides that count; NaN when none is known.</summary>
    public double LargestDeviation;

    /// <summary>For each field of novelty whose value is new to the entity, the share of its normal events that brought a new one; NaN where it is not new or too little is known.</summary>
    public ReadOnlySpan<double> NewShares;

    /// <summary>Normal events behind <see cref="NewShares"/>.</summary>
    public int ValueEvents;

    /// <summary>The domain's constants.</summary>
    public readonly DomainDeclaration Options => Plan.Declaration;

    /// <summary>True when the entity has enough normal events to be compared with.</summary>
    public readonly bool HasProfile => Profile.Count >= Options.Profile.MinimumObservations;

    /// <summary>Floored standard deviation of the distance of the entity's normal events.</summary>
    public readonly double DistanceSigma => Options.Profile.FloorSigma(Profile.DistanceDeviation, Profile.DistanceMean);

    /// <summary>Distance in standard deviations above the entity's mean; NaN without a profile.</summary>
    public readonly double DistanceZ => HasProfile ? (Distance - Profile.DistanceMean) / DistanceSigma : double.NaN;

    /// <summary>Bits of surprise of the new values together; 0 for none.</summary>
    public readonly double NewBits
    {
        get
        {
            double bits = 0;
            foreach (double share in NewShares)
                if (!double.IsNaN(share)) bits -= Math.Log2(share);
            return bits;
        }
    }
}
