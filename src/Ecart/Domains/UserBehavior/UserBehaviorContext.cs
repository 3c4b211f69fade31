using Ecart.Detection;
using Ecart.Profiles;
using Ecart.Rules;

namespace Ecart.Domains.UserBehavior;

/// <summary>What is known when a user's action is scored: the event, the user's past and the peers, as plain numbers.</summary>
public ref struct UserBehaviorContext
{
    /// <summary>The event.</summary>
    public UserBehaviorEvent Event;

    /// <summary>Constants of the active configuration.</summary>
    public UserBehaviorOptions Options;

    /// <summary>The configuration's rules, compiled.</summary>
    public RuleSet<UserBehaviorContext> Rules;

    /// <summary>Clusters, signatures and exceptions in force.</summary>
    public ReferencePatterns Patterns;

    /// <summary>The event's embedding: the caller's own, or by the layout, or what a learned model made of that.</summary>
    public ReadOnlySpan<float> Embedding;

    /// <summary>Version of <see cref="Embedding"/>.</summary>
    public int EmbeddingVersion;

    /// <summary>The event by the domain's layout.</summary>
    public ReadOnlySpan<float> Layout;

    /// <summary>Day number of the event time: days since 0001-01-01 UTC.</summary>
    public int Day;

    /// <summary>Local hour, 0 to 23.</summary>
    public int LocalHour;

    /// <summary>The user's profile of this version; empty for a new user.</summary>
    public ProfileSummary Profile;

    /// <summary>Distance to the centroid; NaN without a centroid.</summary>
    public double Distance;

    /// <summary>The user's earlier events in the last hour.</summary>
    public int EarlierInHour;

    /// <summary>The user's earlier events in the last 24 hours.</summary>
    public int EarlierInDay;

    /// <summary>The user's earlier failures in the last hour.</summary>
    public int FailuresInHour;

    /// <summary>The user's earlier failures in the window of password guessing.</summary>
    public int FailuresInWindow;

    /// <summary>Minutes since the user's newest earlier event; NaN for the first.</summary>
    public double MinutesSincePrevious;

    /// <summary>Whether it is known where the user was before and is now.</summary>
    public bool HasPreviousPlace;

    /// <summary>Minutes since then.</summary>
    public double MinutesSincePlace;

    /// <summary>Kilometres from there; NaN unless both positions are known.</summary>
    public double KmFromPlace;

    /// <summary>True when both countries are known and differ.</summary>
    public bool IsOtherCountry;

    /// <summary>Devices in different networks that used the account at once, this one included.</summary>
    public int Sources;

    /// <summary>Changes between them, back and forth.</summary>
    public int SourceChanges;

    /// <summary>Whether they lie apart.</summary>
    public bool AreSourcesApart;

    /// <summary>Values of the windows that rules ask for; null when none does.</summary>
    public double[]? Windows;

    /// <summary>How new the circumstances are to the user.</summary>
    public UserNovelty Novelty;

    /// <summary>Normal events of the users of the same role, 0 without a role.</summary>
    public int PeerEvents;

    /// <summary>Those of them on the same device (by hash), in the same country, on the same resource and in the same way; for each how many.</summary>
    public PeerCounts Peers;

    /// <summary>How much more the user's latest actions look like somebody else's than like the user's own; NaN while too little is known.</summary>
    public double Sequence;

    /// <summary>How much more this action alone looks like somebody else's; NaN while too little is known.</summary>
    public double SequenceStep;

    /// <summary>True when the user has enough normal events to be compared with.</summary>
    public readonly bool HasProfile => Profile.Count >= Options.Profile.MinimumObservations;

    /// <summary>Mean distance of the user's normal events.</summary>
    public readonly double DistanceMean => Profile.DistanceMean;

    /// <summary>Floored standard deviation of the distance of the user's normal events.</summary>
    public readonly double DistanceSigma => Options.Profile.FloorSigma(Profile.DistanceDeviation, Profile.DistanceMean);

    /// <summary>Distance in standard deviations above the user's mean; NaN without a profile.</summary>
    public readonly double DistanceZ => HasProfile ? (Distance - DistanceMean) / DistanceSigma : double.NaN;
}
