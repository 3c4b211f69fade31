using Ecart.Detection;
using Ecart.Profiles;
using Ecart.Rules;

namespace Ecart.Domains.Transactions;

/// <summary>What is known when a transaction is scored: the event, its account's past and its surroundings, as plain numbers.</summary>
public ref struct TransactionContext
{
    /// <summary>The event.</summary>
    public TransactionEvent Event;

    /// <summary>Constants of the active configuration.</summary>
    public TransactionOptions Options;

    /// <summary>The configuration's rules, compiled.</summary>
    public RuleSet<TransactionContext> Rules;

    /// <summary>Clusters, signatures and exceptions in force.</summary>
    public ReferencePatterns Patterns;

    /// <summary>The event's embedding: by the layout, or what a learned model made of that.</summary>
    public ReadOnlySpan<float> Embedding;

    /// <summary>Version of <see cref="Embedding"/>.</summary>
    public int EmbeddingVersion;

    /// <summary>The event by the domain's layout.</summary>
    public ReadOnlySpan<float> Layout;

    /// <summary>Day number of the event time: days since 0001-01-01 UTC.</summary>
    public int Day;

    /// <summary>Local hour, 0 to 23.</summary>
    public int LocalHour;

    /// <summary>ln(1 + amount).</summary>
    public double LogAmount;

    /// <summary>The account's profile; empty for a new account.</summary>
    public ProfileSummary Profile;

    /// <summary>Distance to the centroid; NaN without a centroid.</summary>
    public double Distance;

    /// <summary>Transactions of the account in the velocity window before this one.</summary>
    public int EarlierInWindow;

    /// <summary>Transactions of the account in the 24 hours before this one.</summary>
    public int EarlierInDay;

    /// <summary>Sum of their amounts.</summary>
    public double AmountInDay;

    /// <summary>Minutes since the account's newest earlier transaction; NaN for the first.</summary>
    public double MinutesSincePrevious;

    /// <summary>Whether the card was present somewhere before, at this channel's kind of place.</summary>
    public bool HasPreviousPlace;

    /// <summary>Minutes since then.</summary>
    public double MinutesSincePlace;

    /// <summary>Kilometres from there; NaN unless both positions are known.</summary>
    public double KmFromPlace;

    /// <summary>True when both countries are known and differ.</summary>
    public bool IsOtherCountry;

    /// <summary>Confirmed fraud at the merchant.</summary>
    public EntityRisk Merchant;

    /// <summary>Confirmed fraud on the device.</summary>
    public EntityRisk Device;

    /// <summary>Confirmed fraud from the address.</summary>
    public EntityRisk Address;

    /// <summary>The domain's own fraud rate, never 0.</summary>
    public double DomainFraudRate;

    /// <summary>Values of the windows that rules ask for; null when none does.</summary>
    public double[]? Windows;

    /// <summary>How new merchant, category, country, device and channel are to the account: 0 usual to 1 never seen.</summary>
    public Novelty Novelty;

    /// <summary>True when the account has enough normal events to be compared with.</summary>
    public readonly bool HasProfile => Profile.Count >= Options.Profile.MinimumObservations;

    /// <summary>Moments of ln(1 + amount) over the profile.</summary>
    public readonly Moments LogAmounts => Profile.Measures[AccountState.MeasureLogAmount];

    /// <summary>Moments of the amount over the profile.</summary>
    public readonly Moments Amounts => Profile.Measures[AccountState.MeasureAmount];

    /// <summary>Mean distance of the account's normal events.</summary>
    public readonly double DistanceMean => Profile.DistanceMean;

    /// <summary>Floored standard deviation of the distance of the account's normal events.</summary>
    public readonly double DistanceSigma => Options.Profile.FloorSigma(Profile.DistanceDeviation, Profile.DistanceMean);
}
