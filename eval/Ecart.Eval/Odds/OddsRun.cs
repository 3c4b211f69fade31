using Ecart.Detection.Batch;
using Ecart.Eval.Metrics;

namespace Ecart.Eval.Odds;

/// <summary>Fits every detector to the training part of every split, without labels, and measures it on the test part.</summary>
/// <param name="detectors">What is measured.</param>
/// <param name="seeds">Runs of a random detector, with seeds 1 and up.</param>
/// <param name="scoresOut">Folder that takes the scores of each split's test rows; null for none.</param>
internal sealed class OddsRun(IReadOnlyList<OddsDetector> detectors, int seeds, string? scoresOut)
{
    /// <summary>Figures of all detectors on all sets, by set in the order given, then by detector.</summary>
    public IReadOnlyList<OddsFigures> Measure(IReadOnlyList<OddsSet> sets, Action<double> progress)
    {
        double[] ends = new double[sets.Count];
        for (int i = 0; i < ends.Length; i++) ends[i] = (i == 0 ? 0 : ends[i - 1]) + ((double)sets[i].Rows.Rows * sets[i].Splits.Count);
        var figures = new List<OddsFigures>();
        for (int i = 0; i < sets.Count; i++)
        {
            double before = i == 0 ? 0 : ends[i - 1];
            double share = ends[i] - before;
            figures.AddRange(Measure(sets[i], done => progress((before + (done * share)) / ends[^1])));
        }

        return figures;
    }

    private IEnumerable<OddsFigures> Measure(OddsSet set, Action<double> progress)
    {
        var measured = new (double Auc, double Precision)[detectors.Count][][];
        for (int i = 0; i < measured.Length; i++)
        {
            measured[i] = new (double Auc, double Precision)[detectors[i].IsRandom ? seeds : 1][];
            for (int seed = 0; seed < measured[i].Length; seed++) measured[i][seed] = new (double Auc, double Precision)[set.Splits.Count];
        }

        for (int trial = 0; trial < set.Splits.Count; trial++)
        {
            OddsSplit split = set.Split(trial);
            for (int i = 0; i < measured.Length; i++)
            {
                for (int seed = 0; seed < measured[i].Length; seed++)
                {
                    ScoredLabel[] scored = Score(detectors[i].Make((ulong)seed + 1), split);
                    measured[i][seed][trial] = (RankingMetrics.RocAuc(scored), RankingMetrics.PrecisionAtN(scored));
                    if (scoresOut is not null && seed == 0) Write(set.Name, trial, detectors[i].Key, scored);
                }

                progress((trial + ((i + 1.0) / measured.Length)) / set.Splits.Count);
            }
        }

        return detectors.Select((detector, i) => OddsFigures.Of(set.Name, detector.Key, measured[i]));
    }

    private static ScoredLabel[] Score(IBatchDetector detector, OddsSplit split)
    {
        detector.Fit(split.Training);
        var scores = new double[split.Test.Rows];
        detector.Score(split.Test, scores);
        return [.. scores.Select((score, row) => new ScoredLabel(score, split.IsOutlier[row]))];
    }

    private void Write(string set, int trial, string detector, ScoredLabel[] scored)
    {
        Directory.CreateDirectory(scoresOut!);
        File.WriteAllLines(
            Path.Combine(scoresOut!, $"{set}-{trial}-{detector}.csv"),
            ["score,is_outlier", .. scored.Select(row => $"{row.Score:R},{(row.IsPositive ? 1 : 0)}")]);
    }
}
