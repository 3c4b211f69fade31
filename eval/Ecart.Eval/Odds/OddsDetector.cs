using Ecart.Detection.Batch;

namespace Ecart.Eval.Odds;

/// <summary>A detector of the table.</summary>
/// <param name="Key">Its kind: name in tables and JSON.</param>
/// <param name="Published">Its column in the published tables; null when there is none.</param>
/// <param name="Make">Makes it with default options but for the seed.</param>
/// <param name="IsRandom">Whether the seed matters.</param>
/// <param name="Bar">How far a set's figure may be from the published one when it is the same method; null when it is another.</param>
internal sealed record OddsDetector(string Key, string? Published, Func<ulong, IBatchDetector> Make, bool IsRandom, double? Bar = null);
