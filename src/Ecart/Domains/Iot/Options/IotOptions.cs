using Ecart.Detection;
using Ecart.Detection.Process;
using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Transactions;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>Every constant of the iot domain. Immutable; one configuration version is one object.</summary>
public sealed record IotOptions
{
    /// <summary>The defaults.</summary>
    public static IotOptions Default { get; } = new();

    /// <summary>How many minutes a measurement may be older than the newest of its signal and still be scored. Default 1,440 (a day), 0 to 43,200.</summary>
    public int AllowedLatenessMinutes { get; init; } = 1440;

    /// <summary>Signals of a device that are remembered; further ones are stored and not scored. Default 128, 1 to 4,096.</summary>
    public int MaximumSignals { get; init; } = 128;

    /// <summary>How what is normal is learned.</summary>
    public BaselineOptions Baseline { get; init; } = new();

    /// <summary>Windows of the embedding.</summary>
    public SignalWindowOptions Windows { get; init; } = new();

    /// <summary>A measurement far from the baseline.</summary>
    public DistanceEvidenceOptions Distance { get; init; } = new();

    /// <summary>
    /// Detectors that learn as measurements come; each kind at most once. Default both that there are: <c>time_series</c> and <c>process_monitor</c>.
    /// </summary>
    public IReadOnlyList<IotStreamDetectorOptions> StreamDetectors { get; init; } =
        [new() { Kind = TimeSeriesDetector.Kind }, new() { Kind = ProcessMonitor.KindName }];

    /// <summary>Rows of all signals of a device.</summary>
    public JointOptions Joint { get; init; } = new();

    /// <summary>Drifts, and when they will be a failure.</summary>
    public OutlookOptions Outlook { get; init; } = new();

    /// <summary>Sensors that do not change any more.</summary>
    public StuckSensorOptions StuckSensor { get; init; } = new();

    /// <summary>Values in another unit than before.</summary>
    public UnitChangeOptions UnitChange { get; init; } = new();

    /// <summary>Silences.</summary>
    public GapOptions Gap { get; init; } = new();

    /// <summary>Clocks that ran ahead.</summary>
    public ClockJumpOptions ClockJump { get; init; } = new();

    /// <summary>How often a person is told of what goes on, but for a drift (<see cref="OutlookOptions.Repetition"/>).</summary>
    public RepetitionOptions Repetition { get; init; } = new();

    /// <summary>Contribution of a known threat by its severity.</summary>
    public SignatureOptions Signature { get; init; } = new();

    /// <summary>Rules beside the detectors. Default none.</summary>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <summary>How much the windows of rules may remember.</summary>
    public RuleWindowOptions RuleWindows { get; init; } = new();

    /// <summary>Trained detectors that may contribute. Each says nothing until one of its kind was trained and is in force. Default none.</summary>
    public IReadOnlyList<LearnedDetectorOptions> Detectors { get; init; } = [];

    /// <summary>Score bands.</summary>
    public SeverityOptions Severity { get; init; } = new();

    /// <summary>Where alerts go.</summary>
    public RouteOptions Routes { get; init; } = new();

    /// <summary>The continuous ranking score. Of it only what every domain has in common is used.</summary>
    public RankOptions Rank { get; init; } = new();

    /// <summary>Checks every range.</summary>
    /// <exception cref="OptionsException">A value is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        OptionsException.RequireRange(AllowedLatenessMinutes, 0, 60 * 24 * 30, "allowed_lateness_minutes");
        OptionsException.RequireRange(MaximumSignals, 1, 4096, "maximum_signals");
        Baseline.Validate("baseline");
        Windows.Validate("windows");
        Distance.Validate("distance");
        for (int i = 0; i < StreamDetectors.Count; i++) StreamDetectors[i].Validate($"stream_detectors[{i}]");
        RequireOnce([.. StreamDetectors.Select(one => one.Kind)], "stream_detectors");
        Joint.Validate("joint");
        Outlook.Validate("outlook");
        StuckSensor.Validate("stuck_sensor");
        UnitChange.Validate("unit_change");
        Gap.Validate("gap");
        ClockJump.Validate("clock_jump");
        Repetition.Validate("repetition");
        Signature.Validate("signature");
        _ = new RuleSet<IotContext>(Rules, IotRuleFields.All, "rules");
        RuleWindows.Validate("rule_windows");
        LearnedDetectorOptions.Validate(Detectors);
        Severity.Validate("severity");
        Rank.Validate("rank");
    }

    /// <summary>The settings of a kind; null when the configuration does not name it.</summary>
    internal IotStreamDetectorOptions? FindStreamDetector(string kind) => StreamDetectors.FirstOrDefault(one => one.Kind == kind);

    /// <summary>How often a finding is told: a drift changes in days, all others in minutes.</summary>
    internal RepetitionOptions RepetitionOf(IotFinding finding) => finding == IotFinding.Drift ? Outlook.Repetition : Repetition;

    private static void RequireOnce(string[] kinds, string path)
    {
        for (int i = 0; i < kinds.Length; i++)
            OptionsException.Require(Array.IndexOf(kinds, kinds[i]) == i, $"{path}[{i}].kind", kinds[i], "named once");
    }
}
