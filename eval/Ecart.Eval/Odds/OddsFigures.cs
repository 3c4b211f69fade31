namespace Ecart.Eval.Odds;

/// <summary>One detector on one set.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="Detector">Kind of the detector.</param>
/// <param name="Auc">Mean area under the ROC curve over the splits, and over the seeds of a random detector.</param>
/// <param name="AucSpread">Standard deviation between seeds of the mean over the splits; 0 for what is not random.</param>
/// <param name="PrecisionAtN">Mean precision among as many rows as there are outliers.</param>
internal sealed record OddsFigures(string Set, string Detector, double Auc, double AucSpread, double PrecisionAtN)
{
    /// <param name="set">Name of the set.</param>
    /// <param name="detector">Kind of the detector.</param>
    /// <param name="bySeed">By seed, then by split.</param>
    public static OddsFigures Of(string set, string detector, IReadOnlyList<IReadOnlyList<(double Auc, double Precision)>> bySeed)
    {
        double[] means = [.. bySeed.Select(splits => Mean(splits.Select(split => split.Auc)))];
        double mean = means.Average();
        double spread = means.Length < 2 ? 0 : Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (means.Length - 1));
        return new OddsFigures(set, detector, mean, spread, bySeed.Average(splits => Mean(splits.Select(split => split.Precision))));
    }

    /// <summary>Mean of those that are defined: a test part without an outlier, or with nothing else, has no figure. NaN when none is.</summary>
    public static double Mean(IEnumerable<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
