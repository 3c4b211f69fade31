using Ecart.Eval.Metrics;

namespace Ecart.Eval.Schonlau;

/// <summary>How well a run ranks masquerades above the users' own blocks.</summary>
internal sealed class SchonlauFigures(IReadOnlyList<SchonlauUser> users, double[][] scores)
{
    /// <summary>Every test block of every user, user by user.</summary>
    public IEnumerable<(SchonlauUser User, int Block, ScoredLabel Scored)> Blocks =>
        users.SelectMany((user, i) => scores[i].Select(
            (score, test) => (user, SchonlauUser.CleanBlocks + test, new ScoredLabel(score, user.IsMasquerade[SchonlauUser.CleanBlocks + test]))));

    public int Users => users.Count;

    public int Tests => scores.Sum(user => user.Length);

    public int Masquerades => Blocks.Count(block => block.Scored.IsPositive);

    /// <summary>Area under the ROC curve of all blocks together, one threshold for all users; NaN without masquerades.</summary>
    public double Auc => RankingMetrics.RocAuc([.. Blocks.Select(block => block.Scored)]);

    /// <summary>Mean of the users' own areas, of those who have masquerades.</summary>
    public double MeanUserAuc => Blocks.GroupBy(block => block.User.Id, block => block.Scored)
        .Select(user => RankingMetrics.RocAuc([.. user]))
        .Where(double.IsFinite)
        .DefaultIfEmpty(double.NaN)
        .Average();

    /// <summary>Share of the masquerades found when so many of the own blocks are called strange.</summary>
    public double Found(double falseAlarms)
    {
        double[] own = [.. Blocks.Where(block => !block.Scored.IsPositive).Select(block => block.Scored.Score).OrderDescending()];
        if (own.Length == 0 || Masquerades == 0) return double.NaN;
        double threshold = own[Math.Min(own.Length - 1, (int)(falseAlarms * own.Length))];
        return Blocks.Count(block => block.Scored.IsPositive && block.Scored.Score > threshold) / (double)Masquerades;
    }
}
