namespace Ecart.Bench.Network;

/// <summary>How fast connections are read and scored on one core.</summary>
/// <param name="Benchmark">Name of the benchmark.</param>
/// <param name="Flows">Connections of a round.</param>
/// <param name="FlowsPerSecond">Read from a Zeek log, scored and learned, one after the other on one thread.</param>
/// <param name="ParsedPerSecond">Only read.</param>
/// <param name="ScoredPerSecond">Only scored and learned.</param>
/// <param name="BytesAllocatedPerFlow">What scoring and learning allocate for one connection of known sources.</param>
internal sealed record NetworkResult(
    string Benchmark, int Flows, double FlowsPerSecond, double ParsedPerSecond, double ScoredPerSecond, double BytesAllocatedPerFlow);
