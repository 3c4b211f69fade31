namespace Ecart.App.Training;

/// <summary>Trees that were trained and run in shadow.</summary>
/// <param name="Version">Their version.</param>
/// <param name="Frauds">Confirmed frauds that they learned from.</param>
/// <param name="Ordinary">Ordinary events.</param>
internal sealed record TrainedChallenger(int Version, int Frauds, long Ordinary);
