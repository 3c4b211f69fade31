using Ecart.Vectors;

namespace Ecart.Eval.Odds;

/// <summary>One split as a detector and its measure see it.</summary>
/// <param name="Training">Standardised; outliers are among them, unmarked.</param>
/// <param name="Test">On the same scale.</param>
/// <param name="IsOutlier">One a test row.</param>
internal sealed record OddsSplit(Matrix Training, Matrix Test, bool[] IsOutlier);
