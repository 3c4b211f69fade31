namespace Ecart.Checker.Soak;

/// <summary>What was seen at one moment.</summary>
/// <param name="Seconds">Since feeding began.</param>
/// <param name="Lag">Events produced and not durable.</param>
/// <param name="Resident">Bytes of memory that the service's process holds.</param>
/// <param name="Managed">Bytes of its managed heap that the last full collection left; 0 before the first.</param>
internal readonly record struct Sample(double Seconds, double Lag, double Resident, double Managed);
