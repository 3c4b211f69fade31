namespace Ecart.Bench.Growth;

/// <summary>What one run of a population came to. Rates are of its second half, when memory is full.</summary>
/// <param name="Accounts">Accounts of the population.</param>
/// <param name="Distribution">How events fall on them.</param>
/// <param name="PerSecond">Events made durable a second.</param>
/// <param name="MissesPerEvent">Accounts read from the store for each event.</param>
/// <param name="Resident">Accounts in memory at the end.</param>
/// <param name="BytesPerResident">Managed memory that is freed for each of them when they are dropped.</param>
/// <param name="RestBytes">Managed memory that is left without them: verdict histories, populations, buffers that are used again.</param>
/// <param name="PeakBytes">Most managed memory at any moment of the run, garbage included, over what there was before it.</param>
internal sealed record GrowthResult(
    int Accounts, string Distribution, double PerSecond, double MissesPerEvent, long Resident, double BytesPerResident, long RestBytes, long PeakBytes);
