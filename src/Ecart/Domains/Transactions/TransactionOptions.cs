using Ecart.Detection;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions;

/// <summary>
/// Every constant of the transactions domain. Stored as JSON in <c>configuration_versions</c>, where the SQL routines read the
/// same values. Immutable; call <see cref="Validate"/> before use.
/// </summary>
public sealed record TransactionOptions
{
    /// <summary>Most entries of <see cref="StreamDetectors"/>.</summary>
    public const int MaximumStreamDetectors = StreamDetectorOptions.MaximumPerEntity;

    /// <summary>The defaults.</summary>
    public static TransactionOptions Default { get; } = new();

    /// <summary>ISO 4217 code that every amount is converted to before it is scored. Default EUR.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>Units of <see cref="Currency"/> for one unit of another currency. Default empty: other currencies are rejected.</summary>
    public IReadOnlyDictionary<string, decimal> ExchangeRates { get; init; } = new Dictionary<string, decimal>();

    /// <summary>IANA time zone where neither account nor merchant tells one. Default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>
    /// How many minutes an event may be older than the newest of its account and still be scored. Later ones are stored and marked
    /// late. Default 1,440 (a day).
    /// </summary>
    public int AllowedLatenessMinutes { get; init; } = 1440;

    /// <summary>How profiles are kept.</summary>
    public ProfileOptions Profile { get; init; } = new();

    /// <summary>Distance from the account's usual behaviour.</summary>
    public StandardScoreOptions BehaviorDistance { get; init; } = new() { ZThreshold = 2.5, Scale = 2, Maximum = 0.4 };

    /// <summary>Amount against the account's own, on ln(1 + amount).</summary>
    public StandardScoreOptions AmountAnomaly { get; init; } = new() { ZThreshold = 3, Scale = 3, Maximum = 0.3 };

    /// <summary>More transactions in an hour than the account's rhythm explains.</summary>
    public VelocityOptions Velocity { get; init; } = new();

    /// <summary>Card in two places.</summary>
    public ImpossibleTravelOptions ImpossibleTravel { get; init; } = new();

    /// <summary>High amount. Default above 10,000 adds 0.2.</summary>
    public AmountLimitOptions HighAmount { get; init; } = new() { Threshold = 10_000, Contribution = 0.2 };

    /// <summary>Very high amount, on top of <see cref="HighAmount"/>. Default above 50,000 adds 0.3.</summary>
    public AmountLimitOptions VeryHighAmount { get; init; } = new() { Threshold = 50_000, Contribution = 0.3 };

    /// <summary>Activity at night.</summary>
    public NightActivityOptions NightActivity { get; init; } = new();

    /// <summary>Confirmed fraud at the merchant, device or address.</summary>
    public EntityHistoryOptions EntityHistory { get; init; } = new();

    /// <summary>An account without a profile.</summary>
    public NewProfileOptions NewProfile { get; init; } = new();

    /// <summary>Clusters as the reference of accounts without a profile.</summary>
    public ClusterOptions Clusters { get; init; } = new();

    /// <summary>Contribution of a known threat by its severity.</summary>
    public SignatureOptions Signature { get; init; } = new();

    /// <summary>Rules beside the detectors. Default none.</summary>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <summary>How much the windows of rules may remember.</summary>
    public RuleWindowOptions RuleWindows { get; init; } = new();

    /// <summary>
    /// Trained detectors that may contribute. Each says nothing until <c>ecart train</c> has trained one of its kind and it is in force. Default histograms of
    /// the features (<c>hbos</c>), which of all kinds separate fraud best where a transaction tells more than its amount; they count in the rank alone.
    /// </summary>
    public IReadOnlyList<LearnedDetectorOptions> Detectors { get; init; } = [new() { Kind = "hbos" }];

    /// <summary>
    /// Streaming detectors that every account has its own of, at most <see cref="MaximumStreamDetectors"/>. Default none: beside the account's profile
    /// they have to show their worth on the user's own events first.
    /// </summary>
    public IReadOnlyList<StreamDetectorOptions> StreamDetectors { get; init; } = [];

    /// <summary>k nearest neighbours.</summary>
    public NearestNeighbourOptions Knn { get; init; } = new();

    /// <summary>The plain profile distance method.</summary>
    public ProfileDistanceOptions ProfileDistance { get; init; } = new();

    /// <summary>Score bands.</summary>
    public SeverityOptions Severity { get; init; } = new();

    /// <summary>Where alerts go.</summary>
    public RouteOptions Routes { get; init; } = new();

    /// <summary>The continuous ranking score.</summary>
    public RankOptions Rank { get; init; } = new();

    /// <summary>Checks every range.</summary>
    /// <exception cref="OptionsException">A value is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        OptionsException.Require(Currency.Length == 3, "currency", Currency, "an ISO 4217 code of three letters");
        OptionsException.RequireRange(AllowedLatenessMinutes, 0, 60 * 24 * 30, "allowed_lateness_minutes");
        foreach ((string code, decimal rate) in ExchangeRates)
            OptionsException.Require(rate > 0, "exchange_rates." + code, rate, "above 0");
        Profile.Validate("profile");
        BehaviorDistance.Validate("behavior_distance");
        AmountAnomaly.Validate("amount_anomaly");
        Velocity.Validate("velocity");
        foreach (string channel in ImpossibleTravel.Channels)
        {
            OptionsException.Require(
                Enum.GetNames<TransactionChannel>().Contains(channel, StringComparer.OrdinalIgnoreCase),
                "impossible_travel.channels",
                channel,
                "one of online, pos, atm, wire, mobile");
        }

        ImpossibleTravel.Validate("impossible_travel");
        HighAmount.Validate("high_amount");
        VeryHighAmount.Validate("very_high_amount");
        NightActivity.Validate("night_activity");
        EntityHistory.Validate("entity_history");
        OptionsException.RequireRange(NewProfile.Contribution, 0, 1, "new_profile.contribution");
        Clusters.Validate("clusters");
        Signature.Validate("signature");
        _ = new RuleSet<TransactionContext>(Rules, TransactionRuleFields.All, "rules");
        RuleWindows.Validate("rule_windows");
        LearnedDetectorOptions.Validate(Detectors);
        TransactionStreamFields.All.Validate(StreamDetectors);
        Knn.Validate("knn");
        OptionsException.RequireRange(ProfileDistance.Sigmas, 0.1, 100, "profile_distance.sigmas");
        Severity.Validate("severity");
        Rank.Validate("rank");
    }
}
