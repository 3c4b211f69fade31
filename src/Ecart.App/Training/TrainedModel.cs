namespace Ecart.App.Training;

/// <summary>A model that was just trained.</summary>
/// <param name="Slot">What it can be in force as.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Format">Format of its bytes.</param>
/// <param name="Artefact">Its bytes.</param>
/// <param name="Rows">Events that it learned from.</param>
/// <param name="Metrics">Its figures as a JSON object.</param>
internal sealed record TrainedModel(string Slot, string Kind, int Format, byte[] Artefact, int Rows, string Metrics);
