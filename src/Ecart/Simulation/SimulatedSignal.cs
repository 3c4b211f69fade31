using Ecart.Domains.Iot;

namespace Ecart.Simulation;

/// <summary>One signal of a simulated device.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it measures.</param>
/// <param name="Unit">In which unit.</param>
/// <param name="Mean">Where it lies.</param>
/// <param name="Spread">Its standard deviation, but for the daily course.</param>
/// <param name="Follows">Its correlation with the load, 0 to 1.</param>
internal sealed record SimulatedSignal(string Name, MeasurementType Type, string Unit, double Mean, double Spread, double Follows)
{
    /// <summary>The last value.</summary>
    public double Last { get; set; } = Mean;
}
