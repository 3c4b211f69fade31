using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>
/// A seeded stream of the readings of a fleet in order of event time: machines that wear out and fail, healthy ones, and ones with a fault of a sensor. Memory
/// does not grow with the days. Not thread-safe.
/// </summary>
public sealed class DeviceSimulator
{
    private static readonly DeviceFaultKind[] Faults =
        [DeviceFaultKind.Spike, DeviceFaultKind.Stuck, DeviceFaultKind.UnitChange, DeviceFaultKind.Silence];

    private readonly DeviceSimulatorOptions options;
    private readonly List<SimulatedDevice> devices = [];

    /// <summary>Makes the fleet.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public DeviceSimulator(DeviceSimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        var random = new SeededRandom(options.Seed);
        for (int i = 0; i < options.Degrading; i++) Add("worn", i, DeviceFaultKind.Degradation, random);
        for (int i = 0; i < options.Healthy; i++) Add("well", i, DeviceFaultKind.None, random);
        for (int i = 0; i < options.Faulty; i++) Add("fault", i, Faults[i % Faults.Length], random);
    }

    /// <summary>The fleet, with what is wrong with each.</summary>
    public IReadOnlyList<SimulatedDevice> Devices => devices;

    /// <summary>Generates the stream. Call once.</summary>
    public IEnumerable<SimulatedMeasurement> Generate()
    {
        long readings = (long)options.Days * 24 * options.ReadingsPerHour;
        long apart = TimeSpan.TicksPerHour / options.ReadingsPerHour;
        for (long reading = 0; reading < readings; reading++)
        {
            DateTime time = options.Start.AddTicks(reading * apart);
            foreach (SimulatedDevice device in devices)
                foreach (SimulatedMeasurement measurement in device.Read(time)) yield return measurement;
        }
    }

    private void Add(string kind, int number, DeviceFaultKind fault, SeededRandom random) =>
        devices.Add(new SimulatedDevice($"{kind}-{number + 1:0000}", fault, options, random.NextBits()));
}
