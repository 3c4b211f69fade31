using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Iot.Units;

namespace Ecart.Domains.Iot.Signals;

/// <summary>Everything remembered of one signal of a device. A fold over the device's committed measurements. Not thread-safe: its device's.</summary>
internal sealed class SignalState
{
    /// <summary>Position in no row.</summary>
    public const int NoPosition = -1;

    private static readonly string[] ComponentNames = [.. Enum.GetNames<TimeSeriesComponent>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] StatusNames = [.. Enum.GetNames<DeviceStatus>().Select(name => name.ToLowerInvariant())];
    private readonly string[] statusSubjects = new string[StatusNames.Length];
    private readonly IotOptions options;
    private readonly string[] subjects = new string[ComponentNames.Length];

    public SignalState(string name, IotOptions options)
    {
        this.options = options;
        Name = name;
        Learning = new SignalLearning(options.Baseline);
        if (options.FindStreamDetector(TimeSeriesDetector.Kind) is { } series) Series = new TimeSeriesDetector(series.TimeSeries);
    }

    public string Name { get; }

    public MeasurementType Type { get; set; }

    /// <summary>The usual unit as the device names it; null while none came.</summary>
    public string? UnitText
    {
        get;
        set
        {
            field = value;
            Unit = MeasurementUnit.Find(value);
        }
    }

    /// <summary>The usual unit; null when it is not known.</summary>
    public MeasurementUnit? Unit { get; private set; }

    /// <summary>Measurements in a row that could not be said in the usual unit.</summary>
    public int ForeignMeasurements { get; set; }

    /// <summary>Position in the rows of the device's monitor.</summary>
    public int JointPosition { get; set; } = NoPosition;

    /// <summary>Measurements taken in that were not late.</summary>
    public long Count { get; set; }

    /// <summary>Newest event time, ticks; 0 for none.</summary>
    public long NewestTicks { get; set; }

    /// <summary>What that was before the clock jumped ahead; 0 when it did not, or long ago.</summary>
    public long BeforeJumpTicks { get; set; }

    /// <summary>Measurements since that jump.</summary>
    public int SinceJump { get; set; }

    /// <summary>Newest value in the usual unit.</summary>
    public double LastValue { get; set; }

    /// <summary>Recent residuals.</summary>
    public SignalFeatures Features { get; set; }

    public IntervalTracker Intervals;

    public UnchangedRun Run;

    public EpisodeSet Episodes { get; } = new();

    /// <summary>Learns what is normal; null when that is known.</summary>
    public SignalLearning? Learning { get; set; }

    /// <summary>What values are compared with; null while too little is known.</summary>
    public SignalBaseline? Baseline { get; set; }

    /// <summary>What distances are compared with; null while it is learned.</summary>
    public DistanceProfile? Profile { get; set; }

    /// <summary>The distances of its hours.</summary>
    public DistanceTrend Trend { get; } = new();

    /// <summary>How it is doing as of the last hour that is over.</summary>
    public DeviceOutlook Outlook { get; set; } = DeviceOutlook.Unknown;

    /// <summary>The worst status that people were told of since it was last normal.</summary>
    public DeviceStatus ToldStatus { get; set; }

    /// <summary>The series; null when the configuration does not ask for one.</summary>
    public TimeSeriesDetector? Series { get; set; }

    /// <summary>Takes over what a calibration found, in place of what was learned.</summary>
    public void UseCalibrated(SignalBaseline baseline, DistanceProfile profile, string? unit)
    {
        Learning = null;
        Baseline = baseline;
        Profile = profile;
        UnitText = unit ?? UnitText;
        Features = default;
        ForgetTrend();
    }

    /// <summary>Begins anew in another unit.</summary>
    public void Restart(string? unit)
    {
        Learning = new SignalLearning(options.Baseline);
        Baseline = null;
        Profile = null;
        Features = default;
        Run = default;
        UnitText = unit;
        ForeignMeasurements = 0;
        ForgetTrend();
        if (options.FindStreamDetector(TimeSeriesDetector.Kind) is { } series) Series = new TimeSeriesDetector(series.TimeSeries);
    }

    /// <summary>The name with how it is doing.</summary>
    public string SubjectOf(DeviceStatus status) => statusSubjects[(int)status] ??= $"{Name} ({StatusNames[(int)status]})";

    /// <summary>The name with what is strange about its series.</summary>
    public string SubjectOf(int component) => subjects[component] ??= $"{Name} ({ComponentNames[component]})";

    /// <summary>Distances to another normal are not comparable.</summary>
    private void ForgetTrend()
    {
        Trend.Clear();
        Outlook = DeviceOutlook.Unknown;
        ToldStatus = DeviceStatus.Normal;
    }
}
