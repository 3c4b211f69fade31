namespace Ecart.Simulation;

/// <summary>Kinds of machines inside.</summary>
internal enum SimulatedHostKind : byte
{
    Workstation,
    Server,
    Device,
}
