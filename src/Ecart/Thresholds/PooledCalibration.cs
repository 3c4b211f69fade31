namespace Ecart.Thresholds;

/// <summary>
/// Calibrates each entity by its own scores as far as it has them and by those of all entities as far as it has not: a normal distribution for each, its level
/// and spread drawn from the population (normal-inverse-χ² prior, estimated from the entities themselves), so that the prediction for the next score is a
/// Student's t, wide for a new entity and its own for a known one. How rare a deviation of that size is, is then read from the deviations
/// that were seen in the population where as much was known, each as it was predicted from the scores before it, so the scores need not be normally distributed. Never changes;
/// thread-safe.
/// </summary>
/// <remarks>
/// A. Gelman and others, Bayesian Data Analysis, 3.3 and 5.4; G. Smyth, Linear models and empirical Bayes methods, Statistical Applications in
/// Genetics and Molecular Biology 2004 (how alike spreads are).
/// </remarks>
public sealed class PooledCalibration
{
    private readonly PopulationPrior prior;
    /// <summary>From how many own scores on deviations are judged together: what is ordinary for a guess is not for knowledge.</summary>
    private static readonly int[] Stages = [0, 1, 3, 10, 30, 100];

    private const int LeastDeviations = 100;
    private readonly ExtremeValueCalibration[] deviations;

    /// <summary>Learns the population.</summary>
    /// <param name="entities">
    /// The normal scores of each entity, in the order in which they came; entities without any count for nothing. At least
    /// <see cref="ExtremeValueCalibration.LeastScores"/> in all.
    /// </param>
    /// <exception cref="ArgumentException">Too few scores, or one that is not finite.</exception>
    public PooledCalibration(IReadOnlyCollection<ReadOnlyMemory<double>> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        long count = entities.Sum(scores => (long)scores.Length);
        if (count < ExtremeValueCalibration.LeastScores)
            throw new ArgumentException($"There are {count} scores; the population needs at least {ExtremeValueCalibration.LeastScores}.", nameof(entities));
        prior = PopulationPrior.Of(entities);
        List<double>[] seen = [.. Stages.Select(_ => new List<double>())];
        foreach (ReadOnlyMemory<double> scores in entities)
        {
            var before = new EntityScores();
            foreach (double score in scores.Span)
            {
                seen[StageOf(before.Count)].Add(prior.Deviation(before, score));
                before = before.With(score);
            }
        }

        Count = count;
        deviations = Calibrate(seen);
    }

    /// <summary>Scores that the population was learned from.</summary>
    public long Count { get; }

    /// <summary>How many own scores weigh as much as the population in an entity's expected level: few when entities differ much from each other.</summary>
    public double PriorWeight => prior.Weight;

    /// <summary>How rare a score is for an entity. Without allocation.</summary>
    /// <param name="entity">What is known of it; <c>default</c> for a new one.</param>
    /// <param name="score">Finite.</param>
    /// <returns>P(S ≥ score), above 0, at most 1.</returns>
    public double TailProbability(in EntityScores entity, double score)
    {
        CalibrationInput.RequireScore(score);
        return deviations[StageOf(entity.Count)].TailProbability(prior.Deviation(entity, score));
    }

    /// <summary>How much of an entity's expectation is its own: n/(n + <see cref="PriorWeight"/>), 0 for a new one (all is borrowed), towards 1 with its scores.</summary>
    public double Confidence(in EntityScores entity) => entity.Count / (entity.Count + prior.Weight);

    /// <summary>The calibration of one entity with what is known of it now.</summary>
    public ICalibration For(EntityScores entity) => new EntityCalibration(this, entity);

    private static int StageOf(long count)
    {
        int stage = Stages.Length - 1;
        while (count < Stages[stage]) stage--;
        return stage;
    }

    /// <summary>A stage with too few deviations of its own takes in those of the stages beside it, nearest first.</summary>
    private static ExtremeValueCalibration[] Calibrate(List<double>[] seen)
    {
        var made = new ExtremeValueCalibration[seen.Length];
        for (int stage = 0; stage < seen.Length; stage++)
        {
            List<double> used = [.. seen[stage]];
            for (int away = 1; away < seen.Length && used.Count < LeastDeviations; away++)
            {
                if (stage - away >= 0) used.AddRange(seen[stage - away]);
                if (stage + away < seen.Length) used.AddRange(seen[stage + away]);
            }

            made[stage] = new ExtremeValueCalibration(used.ToArray());
        }

        return made;
    }

    private double Threshold(in EntityScores entity, double rate)
    {
        CalibrationInput.RequireRate(rate);
        return prior.ScoreAt(entity, deviations[StageOf(entity.Count)].Threshold(rate));
    }

    private sealed class EntityCalibration(PooledCalibration pool, EntityScores entity) : ICalibration
    {
        public long Count => entity.Count;

        public double TailProbability(double score) => pool.TailProbability(entity, score);

        public double Threshold(double falseAlarmRate) => pool.Threshold(entity, falseAlarmRate);
    }
}
