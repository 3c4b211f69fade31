namespace Ecart.Eval.Nab;

/// <summary>Result of a corpus for one profile.</summary>
/// <param name="Profile">Name of the profile.</param>
/// <param name="Threshold">Scores from here on are detections; infinite where detecting nothing is best.</param>
/// <param name="Raw">Sum over all streams.</param>
/// <param name="Score">The same between 0 for no detection and 100 for a perfect one.</param>
internal sealed record NabFigures(string Profile, double Threshold, double Raw, double Score);
