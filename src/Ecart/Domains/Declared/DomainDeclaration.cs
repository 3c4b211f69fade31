using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>A whole domain as data: what its events are and how they are scored. Immutable; one configuration version is one object.</summary>
public sealed record DomainDeclaration
{
    /// <summary>Most streaming detectors.</summary>
    public const int MaximumStreamDetectors = 4;

    /// <summary>Name of the domain: lower-case letters, digits and underscores, beginning with a letter, at most 32 characters. Required.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// Whose state and detectors it uses. Default none: those of declared domains. With another one, what it remembers of an entity and how its detectors reckon is
    /// the base's; the fields, the encoders over what the base derives, every constant, the rules and their windows are declared. See docs/how-to/declare-a-domain.md.
    /// </summary>
    public DeclaredBase Base { get; init; }

    /// <summary>
    /// The constants of <see cref="DeclaredBase.Transactions"/>, in place of the settings of the same names here, which are left out then. Default null: the
    /// defaults.
    /// </summary>
    public TransactionOptions? Transactions { get; init; }

    /// <summary>What it is, for people, at most 128 characters. Default empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>
    /// Number of this embedding, 1 to 100. To be raised whenever entity, encoders, deviations or novelty change: vectors and profiles of different versions are never
    /// compared. Default 1.
    /// </summary>
    public int LayoutVersion { get; init; } = 1;

    /// <summary>The required field of texts that names whose behaviour is learned. Required.</summary>
    public string Entity { get; init; } = "";

    /// <summary>Further fields of texts that name entities, whose events windows may ask for. Default none.</summary>
    public IReadOnlyList<string> OtherEntities { get; init; } = [];

    /// <summary>IANA time zone of events that tell none. Default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How many minutes an event may be older than the newest of its entity and still be scored. Default 1,440 (a day).</summary>
    public int AllowedLatenessMinutes { get; init; } = 1440;

    /// <summary>The fields, 1 to 64.</summary>
    public IReadOnlyList<DeclaredFieldOptions> Fields { get; init; } = [];

    /// <summary>The first float of every embedding, before it is scaled to length 1: what the encoders' weights are relative to. Default 1; 0 for none, to 10.</summary>
    public double Constant { get; init; } = 1;

    /// <summary>What the embedding is made of; its floats, 1 and those of the encoders, are at most <see cref="DeclaredLayout.Dimension"/>. Default none.</summary>
    public IReadOnlyList<DeclaredEncoderOptions> Encoders { get; init; } = [];

    /// <summary>Numbers of earlier events, by name. Default none.</summary>
    public IReadOnlyList<DeclaredWindowOptions> Windows { get; init; } = [];

    /// <summary>How profiles are kept.</summary>
    public ProfileOptions Profile { get; init; } = new();

    /// <summary>What is remembered beside them.</summary>
    public DeclaredMemoryOptions Memory { get; init; } = new();

    /// <summary>Distance from the entity's usual behaviour. Default z above 3 adds (z − 3) / 3, at most 0.5.</summary>
    public StandardScoreOptions BehaviorDistance { get; init; } = new() { ZThreshold = 3, Scale = 3, Maximum = 0.5 };

    /// <summary>Fields that are compared with the entity's own mean, those of the encoders z_score included at most 4. Default none.</summary>
    public IReadOnlyList<DeclaredDeviationOptions> Deviations { get; init; } = [];

    /// <summary>Fields whose new values count. Default none.</summary>
    public IReadOnlyList<DeclaredNoveltyOptions> Novelty { get; init; } = [];

    /// <summary>More events than the entity's rhythm explains. Default null: not looked at.</summary>
    public VelocityOptions? Velocity { get; init; }

    /// <summary>An entity without a profile.</summary>
    public NewProfileOptions NewProfile { get; init; } = new();

    /// <summary>Clusters as the reference of entities without a profile.</summary>
    public ClusterOptions Clusters { get; init; } = new();

    /// <summary>Contribution of a known threat by its severity.</summary>
    public SignatureOptions Signature { get; init; } = new();

    /// <summary>Streaming detectors that every entity has its own of, at most <see cref="MaximumStreamDetectors"/>. Default none.</summary>
    public IReadOnlyList<StreamDetectorOptions> StreamDetectors { get; init; } = [];

    /// <summary>
    /// Trained detectors that may contribute. Each says nothing until one of its kind was trained and is in force. Default an isolation forest that counts in
    /// the rank alone.
    /// </summary>
    public IReadOnlyList<LearnedDetectorOptions> Detectors { get; init; } = [new() { Kind = "isolation_forest" }];

    /// <summary>Rules beside the detectors. Default none.</summary>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <summary>How much windows may remember.</summary>
    public RuleWindowOptions RuleWindows { get; init; } = new();

    /// <summary>Score bands.</summary>
    public SeverityOptions Severity { get; init; } = new();

    /// <summary>Where alerts go.</summary>
    public RouteOptions Routes { get; init; } = new();

    /// <summary>The continuous ranking score.</summary>
    public RankOptions Rank { get; init; } = new();

    /// <summary>Whether a text can name a declared domain, its fields and windows: see <see cref="Name"/>.</summary>
    public static bool IsName(string? text) => DeclarationChecks.IsName(text);

    /// <summary>
    /// Whether vectors and profiles by both are of one layout: the same entity, encoders and what those read, and the same fields for deviations and novelty. Where
    /// not, their <see cref="LayoutVersion"/> must differ.
    /// </summary>
    public bool HasSameLayout(DomainDeclaration other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return DeclaredJson.LayoutOf(this) == DeclaredJson.LayoutOf(other);
    }

    /// <summary>Checks everything: names, ranges, rules, and that what is named exists.</summary>
    /// <exception cref="OptionsException">Something cannot be used; the message names it.</exception>
    public void Validate()
    {
        if (Problems() is [{ } first, ..]) throw first;
    }

    /// <summary>Checks everything as <see cref="Validate"/>, to the end.</summary>
    /// <returns>What cannot be used, each with its setting; empty when all can.</returns>
    public IReadOnlyList<OptionsException> Problems() => Base == DeclaredBase.None ? new DeclarationChecks(this).Find() : new Based.BasedChecks(this).Find();
}
