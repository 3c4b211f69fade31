namespace Ecart.Client;

/// <summary>What an event was scored by.</summary>
/// <param name="Configuration">Version of the settings.</param>
/// <param name="Embedding">Version of the embedding.</param>
public sealed record EventVersions(int Configuration, int Embedding);
