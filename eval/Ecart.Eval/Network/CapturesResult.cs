namespace Ecart.Eval.Network;

/// <summary>What became of the captures.</summary>
/// <param name="Evaluation">Name of the evaluation.</param>
/// <param name="Captures">Captures read.</param>
/// <param name="Named">Those whose names tell of a scan or of guessing.</param>
/// <param name="Found">Those of them of which the class was found.</param>
/// <param name="InTime">Those of them alerted within a minute of the attack's start.</param>
/// <param name="WorstSeconds">The longest that one took; null when none was found.</param>
internal sealed record CapturesResult(string Evaluation, int Captures, int Named, int Found, int InTime, double? WorstSeconds);
