using Ecart.Domains.Iot;

namespace Ecart.Simulation;

/// <summary>A generated reading with its truth.</summary>
/// <param name="Event">The reading.</param>
/// <param name="Device">Whose it is.</param>
/// <param name="Truth">What is wrong with this signal now.</param>
public readonly record struct SimulatedMeasurement(IotMeasurement Event, SimulatedDevice Device, DeviceFaultKind Truth);
