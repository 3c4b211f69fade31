namespace Ecart.Eval.Nab;

/// <summary>The last line of a run.</summary>
/// <param name="Eval">Name of the evaluation.</param>
/// <param name="Streams">How many streams there were.</param>
/// <param name="Windows">How many anomalous windows they have.</param>
/// <param name="Standard">Score of the standard profile, 0 to 100.</param>
/// <param name="LowFp">Score of the profile that punishes false alarms.</param>
/// <param name="LowFn">Score of the profile that punishes omissions.</param>
/// <param name="Threshold">The standard profile's threshold; null where detecting nothing is best.</param>
internal sealed record NabResult(string Eval, int Streams, int Windows, double Standard, double LowFp, double LowFn, double? Threshold);
