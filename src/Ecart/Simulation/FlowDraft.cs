using Ecart.Domains.Network;

namespace Ecart.Simulation;

/// <summary>A connection before it has its number.</summary>
internal readonly record struct FlowDraft(DateTime At, string Source, string Destination, int Port)
{
    public NetworkRecordKind Kind { get; init; }

    public NetworkProtocol Protocol { get; init; }

    public string? Service { get; init; }

    public ConnectionState State { get; init; } = ConnectionState.Established;

    public double BytesOut { get; init; }

    public double BytesIn { get; init; }

    public double Seconds { get; init; }

    public string? Query { get; init; }

    public bool IsNameUnknown { get; init; }

    public NetworkThreat Truth { get; init; }

    public int Incident { get; init; }
}
