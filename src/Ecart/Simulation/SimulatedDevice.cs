using Ecart.Domains.Iot;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>
/// One machine: a load that follows the day and wanders, which its signals follow each in its own measure, and what goes wrong with it. Not thread-safe.
/// </summary>
public sealed class SimulatedDevice
{
    private const double HoursOfDay = 24;

    /// <summary>Courses of wear: quick at first, steady, and faster and faster.</summary>
    private static readonly double[] Powers = [0.7, 1, 1.5, 2];

    private static readonly TimeSpan SpikeLasts = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan StuckLasts = TimeSpan.FromHours(48);
    private static readonly TimeSpan SilenceLasts = TimeSpan.FromHours(10);

    private readonly SeededRandom random;
    private readonly DeviceSimulatorOptions options;
    private readonly SimulatedSignal[] signals;
    private readonly double dailyShare;
    private readonly double dailyPhase;
    private readonly double memory;
    private readonly bool[] isAffected;
    private readonly WearMode mode;
    private double wander;
    private DateTime at;

    internal SimulatedDevice(string id, DeviceFaultKind fault, DeviceSimulatorOptions options, ulong seed)
    {
        DeviceId = id;
        Fault = fault;
        this.options = options;
        random = new SeededRandom(seed);
        dailyShare = random.Between(0, 1.5);
        dailyPhase = random.Between(0, HoursOfDay);
        // The load forgets within one hour to eight.
        memory = Math.Exp(-1.0 / (options.ReadingsPerHour * Math.Exp(random.Between(0, Math.Log(8)))));
        signals =
        [
            new("temperature", MeasurementType.Temperature, "°C", random.Between(40, 80), random.Between(0.5, 3), random.Between(0.3, 0.9)),
            new("vibration", MeasurementType.Vibration, "mm/s", random.Between(2, 4), random.Between(0.1, 0.3), random.Between(0.2, 0.8)),
            new("power", MeasurementType.Power, "kW", random.Between(10, 50), random.Between(0.5, 3), random.Between(0.5, 0.95)),
        ];
        Power = Powers[random.Next(Powers.Length)];
        LifeHours = Math.Exp(random.Between(Math.Log(options.LeastLifeHours), Math.Log(options.MostLifeHours)));
        mode = (WearMode)random.Next(3);
        isAffected = new bool[signals.Length];
        isAffected[random.Next(signals.Length)] = true;
        if (fault == DeviceFaultKind.Degradation && random.Chance(0.5)) isAffected[random.Next(signals.Length)] = true;
        if (fault == DeviceFaultKind.UnitChange) isAffected = [true, false, false];
        if (fault != DeviceFaultKind.None) Onset = options.Start.AddDays(options.QuietDays).AddHours(random.Between(0, 240));
    }

    private enum WearMode
    {
        Rising,
        Falling,
        Rougher,
    }

    /// <summary>Its name.</summary>
    public string DeviceId { get; }

    /// <summary>What goes wrong with it.</summary>
    public DeviceFaultKind Fault { get; }

    /// <summary>When that begins; null for a healthy device.</summary>
    public DateTime? Onset { get; }

    /// <summary>Hours from <see cref="Onset"/> until a worn signal has moved by <see cref="DeviceSimulatorOptions.EndDeviation"/>.</summary>
    public double LifeHours { get; }

    /// <summary>The movement grows with this power of the time since <see cref="Onset"/>.</summary>
    public double Power { get; }

    /// <summary>Names of the signals that <see cref="Fault"/> is seen in; none for a healthy device.</summary>
    public IReadOnlyList<string> AffectedSignals => Onset is null ? [] : [.. signals.Where((_, i) => isAffected[i]).Select(signal => signal.Name)];

    /// <summary>The readings of one instant, in the order of the signals. Call with ascending times.</summary>
    internal IEnumerable<SimulatedMeasurement> Read(DateTime time)
    {
        at = time;
        wander = (memory * wander) + (Math.Sqrt(1 - (memory * memory)) * random.NextNormal());
        double load = wander + (dailyShare * Math.Sin(2 * Math.PI * (time.TimeOfDay.TotalHours - dailyPhase) / HoursOfDay));
        double hours = Onset is null ? -1 : (time - Onset.Value).TotalHours;
        if (Fault == DeviceFaultKind.Degradation && hours > 1.2 * LifeHours) yield break;
        bool isSilent = Fault == DeviceFaultKind.Silence && Within(SilenceLasts);
        for (int i = 0; i < signals.Length; i++)
        {
            SimulatedSignal signal = signals[i];
            double noise = random.NextNormal();
            bool isWrong = hours >= 0 && isAffected[i];
            double deviation = (signal.Follows * load) + (Math.Sqrt(1 - (signal.Follows * signal.Follows)) * noise);
            if (isWrong && Fault == DeviceFaultKind.Degradation) deviation = Wear(deviation, hours);
            double value = signal.Mean + (signal.Spread * deviation);
            if (isWrong) value = Falsify(signal, value);
            signal.Last = value;
            if (isSilent) continue;
            yield return new SimulatedMeasurement(Event(signal, value, isWrong), this, TruthOf(isWrong));
        }
    }

    private bool Within(TimeSpan lasts) => at >= Onset && at < Onset + lasts;

    private DeviceFaultKind TruthOf(bool isWrong) => !isWrong ? DeviceFaultKind.None : Fault switch
    {
        DeviceFaultKind.Spike => Within(SpikeLasts) ? Fault : DeviceFaultKind.None,
        DeviceFaultKind.Stuck => Within(StuckLasts) ? Fault : DeviceFaultKind.None,
        _ => Fault,
    };

    private double Wear(double deviation, double hours)
    {
        double worn = options.EndDeviation * Math.Pow(hours / LifeHours, Power);
        return mode switch
        {
            WearMode.Rising => deviation + worn,
            WearMode.Falling => deviation - worn,
            _ => deviation * (1 + worn),
        };
    }

    private double Falsify(SimulatedSignal signal, double value) => Fault switch
    {
        DeviceFaultKind.Spike when Within(SpikeLasts) => value + (12 * signal.Spread),
        DeviceFaultKind.Stuck when Within(StuckLasts) => signal.Last,
        DeviceFaultKind.UnitChange => (value * 1.8) + 32,
        _ => value,
    };

    private IotMeasurement Event(SimulatedSignal signal, double value, bool isWrong) => new()
    {
        EventUid = $"{DeviceId}-{signal.Name}-{at:yyyyMMddHHmmss}",
        OccurredAt = at,
        DeviceId = DeviceId,
        Signal = signal.Name,
        Type = signal.Type,
        // Instruments show five digits.
        Value = Fault == DeviceFaultKind.Stuck && isWrong ? value : Math.Round(value, signal.Mean < 10 ? 4 : 3),
        Unit = signal.Unit,
    };
}
