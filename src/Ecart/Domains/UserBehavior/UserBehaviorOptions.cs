using Ecart.Detection;
using Ecart.Detection.Sequences;
using Ecart.Domains.Transactions;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>Every constant of the user_behavior domain. Immutable; one configuration version is one object.</summary>
public sealed record UserBehaviorOptions
{
    /// <summary>The defaults.</summary>
    public static UserBehaviorOptions Default { get; } = new();

    /// <summary>IANA time zone of users whose events tell none. Default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How many minutes an event may be older than the newest of its user and still be scored. Default 1,440 (a day).</summary>
    public int AllowedLatenessMinutes { get; init; } = 1440;

    /// <summary>How profiles are kept.</summary>
    public ProfileOptions Profile { get; init; } = new();

    /// <summary>Distance from the user's usual behaviour. Default z above 3 adds (z − 3) / 3, at most 0.5.</summary>
    public StandardScoreOptions BehaviorDistance { get; init; } = new() { ZThreshold = 3, Scale = 3, Maximum = 0.5 };

    /// <summary>Sequences of actions that look like somebody else's.</summary>
    public SequenceOptions Sequence { get; init; } = new();

    /// <summary>New devices, places, networks, resources and hours.</summary>
    public NoveltyOptions Novelty { get; init; } = new();

    /// <summary>A user in two places.</summary>
    public TravelOptions ImpossibleTravel { get; init; } = new();

    /// <summary>An account used by several people at once.</summary>
    public SharingOptions SharedCredentials { get; init; } = new();

    /// <summary>Failures in a row.</summary>
    public GuessingOptions PasswordGuessing { get; init; } = new();

    /// <summary>A user without a profile.</summary>
    public NewProfileOptions NewProfile { get; init; } = new();

    /// <summary>Clusters as the reference of users without a profile.</summary>
    public ClusterOptions Clusters { get; init; } = new();

    /// <summary>Contribution of a known threat by its severity.</summary>
    public SignatureOptions Signature { get; init; } = new();

    /// <summary>Rules beside the detectors. Default none.</summary>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <summary>How much the windows of rules may remember.</summary>
    public RuleWindowOptions RuleWindows { get; init; } = new();

    /// <summary>
    /// Trained detectors that may contribute. Each says nothing until one of its kind was trained and is in force. Default an isolation forest that counts in
    /// the rank alone.
    /// </summary>
    public IReadOnlyList<LearnedDetectorOptions> Detectors { get; init; } = [new() { Kind = "isolation_forest" }];

    /// <summary>
    /// Streaming detectors that every user has its own of, at most <see cref="StreamDetectorOptions.MaximumPerEntity"/>. Default none: beside the user's profile
    /// they have to show their worth on the user's own events first.
    /// </summary>
    public IReadOnlyList<StreamDetectorOptions> StreamDetectors { get; init; } = [];

    /// <summary>
    /// Days within which people say what an event was: of younger ones without a label, models that learn from verdicts do not learn that they are ordinary.
    /// Default 7.
    /// </summary>
    public int LabelDelayDays { get; init; } = 7;

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
        OptionsException.RequireRange(AllowedLatenessMinutes, 0, 60 * 24 * 30, "allowed_lateness_minutes");
        Profile.Validate("profile");
        BehaviorDistance.Validate("behavior_distance");
        Sequence.Validate("sequence");
        Novelty.Validate("novelty");
        ImpossibleTravel.Validate("impossible_travel");
        SharedCredentials.Validate("shared_credentials");
        PasswordGuessing.Validate("password_guessing");
        OptionsException.RequireRange(NewProfile.Contribution, 0, 1, "new_profile.contribution");
        Clusters.Validate("clusters");
        Signature.Validate("signature");
        _ = new RuleSet<UserBehaviorContext>(Rules, UserBehaviorRuleFields.All, "rules");
        RuleWindows.Validate("rule_windows");
        LearnedDetectorOptions.Validate(Detectors);
        UserBehaviorStreamFields.All.Validate(StreamDetectors);
        OptionsException.RequireRange(LabelDelayDays, 0, 365, "label_delay_days");
        Severity.Validate("severity");
        Rank.Validate("rank");
    }
}
