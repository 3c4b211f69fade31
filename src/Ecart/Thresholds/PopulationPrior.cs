namespace Ecart.Thresholds;

/// <summary>What a population says of the level and spread of an entity before it has any score.</summary>
/// <param name="Level">Mean of the entities' levels.</param>
/// <param name="Variance">Typical variance within an entity.</param>
/// <param name="Degrees">How alike the variances are: as if each entity came with so many degrees of freedom.</param>
/// <param name="Weight">As how many of its own scores <paramref name="Level"/> counts: variance within over variance between entities.</param>
internal readonly record struct PopulationPrior(double Level, double Variance, double Degrees, double Weight)
{
    // Bounds of what can be estimated: below, one entity could make any spread believable; above, own data would never be heard.
    private const double LeastDegrees = 4;
    private const double GreatestDegrees = 200;
    private const double LeastWeight = 0.01;
    private const double GreatestWeight = 1_000;

    public static PopulationPrior Of(IEnumerable<ReadOnlyMemory<double>> entities)
    {
        EntityScores[] known = [.. entities.Where(scores => scores.Length > 0).Select(scores => EntityScores.Of(scores.Span))];
        EntityScores all = known.Aggregate(Join);
        double within = known.Sum(entity => entity.SquaredDeviations);
        long degrees = all.Count - known.Length;
        double level = known.Average(entity => entity.Mean);
        // Constant scores must not make the next digit infinitely strange.
        double floor = Math.Max(1e-12, Math.Max(1e-12 * level * level, 1e-6 * all.SquaredDeviations / all.Count));
        // No entity has two scores: how much of the spread is within cannot be seen; half is neither.
        if (degrees == 0) return new PopulationPrior(level, Math.Max(floor, all.SquaredDeviations / Math.Max(1, all.Count - 1) / 2), LeastDegrees, 1);
        double variance = Math.Max(floor, within / degrees);
        double freedom = FreedomOf(known, floor);
        // The mean of variances is above what the prior is centred on when they differ much: E σ² = s₀²·d₀/(d₀ − 2).
        double typical = Math.Max(floor, variance * (freedom - 2) / freedom);
        return new PopulationPrior(level, typical, freedom, WeightOf(known, all, within, variance));
    }

    /// <summary>How far a score is above what is expected of an entity, as a standard normal deviation of equal probability.</summary>
    public double Deviation(in EntityScores entity, double score)
    {
        (double level, double scale, double degrees) = Predict(entity);
        double t = (score - level) / scale;
        return ToNormal(t, degrees);
    }

    /// <summary>The score whose deviation is given.</summary>
    public double ScoreAt(in EntityScores entity, double deviation)
    {
        (double level, double scale, double degrees) = Predict(entity);
        double low = -1;
        double high = 1;
        while (ToNormal(low, degrees) > deviation) low *= 2;
        while (ToNormal(high, degrees) < deviation && high < double.MaxValue / 4) high *= 2;
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) break;
            if (ToNormal(middle, degrees) < deviation) low = middle;
            else high = middle;
        }

        return level + (scale * high);
    }

    /// <summary>Hill's normalising transformation (Communications of the ACM 13, 1970, algorithm 395): increasing, closed, never overflows.</summary>
    private static double ToNormal(double t, double degrees)
    {
        double a = degrees - 0.5;
        double b = 48 * a * a;
        double z2 = a * Math.Log(1 + (t / degrees * t));
        double z = Math.Sqrt(z2);
        double corrected = ((((((-0.4 * z2) - 3.3) * z2) - 24) * z2) - 85.5) / ((0.8 * z2 * z2) + 100 + b);
        return Math.Sign(t) * z * (1 + (((corrected + z2 + 3) / b)));
    }

    private static EntityScores Join(EntityScores left, EntityScores right)
    {
        long count = left.Count + right.Count;
        double apart = right.Mean - left.Mean;
        return new EntityScores(
            count,
            left.Mean + (apart * right.Count / count),
            left.SquaredDeviations + right.SquaredDeviations + (apart * apart * left.Count * right.Count / count));
    }

    private static double WeightOf(EntityScores[] known, EntityScores all, double within, double variance)
    {
        if (known.Length < 2) return 1;
        double meanSize = (all.Count - (known.Sum(entity => (double)entity.Count * entity.Count) / all.Count)) / (known.Length - 1);
        double between = (((all.SquaredDeviations - within) / (known.Length - 1)) - variance) / meanSize;
        return between <= 0 ? GreatestWeight : Math.Clamp(variance / between, LeastWeight, GreatestWeight);
    }

    /// <summary>
    /// From the variance of the variances, each relative to its mean: of a χ² with d degrees it is 2/d, of an inverse χ² with d₀ it is 2/(d₀ − 4), and
    /// the two multiply.
    /// </summary>
    private static double FreedomOf(EntityScores[] known, double floor)
    {
        EntityScores[] spread = [.. known.Where(entity => entity.Count >= 3)];
        if (spread.Length < 3) return 10;
        double mean = spread.Average(entity => VarianceOf(entity, floor));
        double squares = spread.Average(entity => Math.Pow((VarianceOf(entity, floor) / mean) - 1, 2));
        double sampling = spread.Average(entity => 2.0 / (entity.Count - 1));
        double between = ((1 + squares) / (1 + sampling)) - 1;
        return between <= 0 ? GreatestDegrees : Math.Clamp(4 + (2 / between), LeastDegrees, GreatestDegrees);
    }

    private static double VarianceOf(EntityScores entity, double floor) => Math.Max(floor, entity.SquaredDeviations / (entity.Count - 1));

    private (double Level, double Scale, double Degrees) Predict(in EntityScores entity)
    {
        double weight = Weight + entity.Count;
        double degrees = Degrees + entity.Count;
        double apart = entity.Mean - Level;
        double level = Level + (apart * entity.Count / weight);
        double variance = ((Degrees * Variance) + entity.SquaredDeviations + (Weight * entity.Count / weight * apart * apart)) / degrees;
        return (level, Math.Sqrt(variance * (1 + (1 / weight))), degrees);
    }
}
