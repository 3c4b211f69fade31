using System.Numerics.Tensors;

namespace Ecart.Thresholds;

/// <summary>Fits a generalised Pareto distribution to excesses by maximum likelihood, reduced to one unknown θ = ξ/σ.</summary>
/// <remarks>
/// S. Grimshaw, Computing maximum likelihood estimates for the generalized Pareto distribution, Technometrics 1993. Where the likelihood
/// has no maximum inside its bounds, probability-weighted moments decide: J. Hosking, J. Wallis, Technometrics 1987.
/// </remarks>
internal static class ParetoFit
{
    private const int GridSteps = 40;
    private const int Refinements = 40;
    private const double Golden = 0.6180339887498949;

    /// <summary>The distribution that fits best.</summary>
    /// <param name="excesses">At least 1, finite, above 0 at least in part.</param>
    /// <param name="leastShape">The shape is never below it; 0 keeps the tail without an end.</param>
    /// <param name="greatestShape">The shape is never above it.</param>
    public static GeneralizedPareto Fit(ReadOnlySpan<double> excesses, double leastShape, double greatestShape)
    {
        double mean = TensorPrimitives.Sum(excesses) / excesses.Length;
        double largest = TensorPrimitives.Max(excesses);
        if (largest <= 0) return new GeneralizedPareto(0, double.Epsilon);
        double theta = BestTheta(excesses, mean, largest);
        double shape = Shape(excesses, theta);
        if (shape >= leastShape && shape <= greatestShape) return At(theta, shape, mean);
        return WithShape(excesses, Math.Clamp(shape, leastShape, greatestShape), mean, largest);
    }

    /// <summary>By probability-weighted moments: quick, robust for few excesses, for shapes below ½.</summary>
    /// <param name="ascending">At least 2, ascending.</param>
    public static GeneralizedPareto ByMoments(ReadOnlySpan<double> ascending)
    {
        double mean = 0;
        double weighted = 0;
        for (int i = 0; i < ascending.Length; i++)
        {
            mean += ascending[i];
            weighted += ascending[i] * (ascending.Length - 1 - i) / (ascending.Length - 1.0);
        }

        mean /= ascending.Length;
        weighted /= ascending.Length;
        double spread = mean - (2 * weighted);
        return spread <= 0 ? new GeneralizedPareto(0, mean) : new GeneralizedPareto(2 - (mean / spread), 2 * mean * weighted / spread);
    }

    /// <summary>Where the profile likelihood is highest: a grid over both signs of θ, then a golden-section search around its best point.</summary>
    private static double BestTheta(ReadOnlySpan<double> excesses, double mean, double largest)
    {
        // ξ ≥ −1 keeps the likelihood bounded; θ > −1/largest keeps every excess possible.
        double lowest = -(1 - 1e-6) / largest;
        double highest = 20 / mean;
        double best = 0;
        double bestLikelihood = double.NegativeInfinity;
        double left = 0;
        double right = 0;
        for (int i = -GridSteps; i <= GridSteps; i++)
        {
            double likelihood = ProfileLikelihood(excesses, Grid(i, lowest, highest), mean);
            if (likelihood <= bestLikelihood) continue;
            bestLikelihood = likelihood;
            best = Grid(i, lowest, highest);
            left = Grid(Math.Max(i - 1, -GridSteps), lowest, highest);
            right = Grid(Math.Min(i + 1, GridSteps), lowest, highest);
        }

        double refined = Refine(excesses, mean, left, right);
        return ProfileLikelihood(excesses, refined, mean) >= bestLikelihood ? refined : best;
    }

    /// <summary>Finer towards 0, where the exponential lies.</summary>
    private static double Grid(int step, double lowest, double highest)
    {
        double share = (double)step / GridSteps;
        return step < 0 ? lowest * share * share : highest * share * share * share;
    }

    private static double Refine(ReadOnlySpan<double> excesses, double mean, double left, double right)
    {
        double inner = right - (Golden * (right - left));
        double outer = left + (Golden * (right - left));
        double atInner = ProfileLikelihood(excesses, inner, mean);
        double atOuter = ProfileLikelihood(excesses, outer, mean);
        for (int i = 0; i < Refinements; i++)
        {
            if (atInner > atOuter)
            {
                (right, outer, atOuter) = (outer, inner, atInner);
                inner = right - (Golden * (right - left));
                atInner = ProfileLikelihood(excesses, inner, mean);
            }
            else
            {
                (left, inner, atInner) = (inner, outer, atOuter);
                outer = left + (Golden * (right - left));
                atOuter = ProfileLikelihood(excesses, outer, mean);
            }
        }

        return (left + right) / 2;
    }

    /// <summary>Mean log-likelihood at the best shape for a θ: −ln σ − ξ − 1.</summary>
    private static double ProfileLikelihood(ReadOnlySpan<double> excesses, double theta, double mean)
    {
        double shape = Shape(excesses, theta);
        // Below −1 the likelihood grows without bound towards the largest excess: no estimate.
        if (shape < -1) return double.NegativeInfinity;
        GeneralizedPareto at = At(theta, shape, mean);
        return -Math.Log(at.Scale) - shape - 1;
    }

    private static GeneralizedPareto At(double theta, double shape, double mean) =>
        Math.Abs(theta * mean) < 1e-7 ? new GeneralizedPareto(0, mean) : new GeneralizedPareto(shape, shape / theta);

    /// <summary>The best ξ for a θ: the mean of ln(1 + θ·excess).</summary>
    private static double Shape(ReadOnlySpan<double> excesses, double theta)
    {
        double sum = 0;
        foreach (double excess in excesses) sum += Math.Log(1 + (theta * excess));
        return sum / excesses.Length;
    }

    /// <summary>The best scale for a shape that is given: the root of the likelihood's derivative, by bisection.</summary>
    private static GeneralizedPareto WithShape(ReadOnlySpan<double> excesses, double shape, double mean, double largest)
    {
        if (Math.Abs(shape) < 1e-12) return new GeneralizedPareto(0, mean);
        double low = Math.Max(shape < 0 ? -shape * largest * (1 + 1e-9) : 0, 1e-9 * mean);
        double high = (1 + Math.Abs(shape)) * largest * excesses.Length;
        for (int i = 0; i < 100; i++)
        {
            double scale = (low + high) / 2;
            double slope = 0;
            foreach (double excess in excesses) slope += excess / (scale + (shape * excess));
            // d/dσ of the log-likelihood has the sign of (1 + ξ)·Σ y/(σ + ξy) − n.
            if ((1 + shape) * slope > excesses.Length) low = scale;
            else high = scale;
        }

        return new GeneralizedPareto(shape, (low + high) / 2);
    }
}
