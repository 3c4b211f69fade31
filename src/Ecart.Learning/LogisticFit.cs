namespace Ecart.Learning;

/// <summary>Fits p = 1 / (1 + e^−(slope · x + intercept)) to weighted labels by Newton's method.</summary>
internal static class LogisticFit
{
    private const int Steps = 50;
    private const double Ridge = 1e-6;

    /// <returns>Slope and intercept; slope 1 where there is nothing to fit.</returns>
    public static (double Slope, double Intercept) Fit(ReadOnlySpan<double> values, WeightedRow[] rows)
    {
        (double frauds, double all) = (1, 2);
        foreach (WeightedRow row in rows)
        {
            frauds += row.IsFraud ? row.Weight : 0;
            all += row.Weight;
        }

        double slope = 1;
        double intercept = Math.Log(frauds / (all - frauds));
        double loss = Loss(values, rows, slope, intercept);
        for (int step = 0; step < Steps; step++)
        {
            (double slopeStep, double interceptStep) = Step(values, rows, slope, intercept);
            double length = 1;
            double next = Loss(values, rows, slope - slopeStep, intercept - interceptStep);
            for (; next > loss && length > 1e-6; next = Loss(values, rows, slope - (length * slopeStep), intercept - (length * interceptStep))) length /= 2;
            if (!(next < loss)) break;
            slope -= length * slopeStep;
            intercept -= length * interceptStep;
            bool isDone = loss - next < 1e-9 * loss;
            loss = next;
            if (isDone) break;
        }

        return slope > 0 && double.IsFinite(intercept) ? (slope, intercept) : (1, Math.Log(frauds / (all - frauds)));
    }

    private static (double Slope, double Intercept) Step(ReadOnlySpan<double> values, WeightedRow[] rows, double slope, double intercept)
    {
        (double a, double b, double aa, double ab, double bb) = (0, 0, Ridge, 0, Ridge);
        for (int i = 0; i < rows.Length; i++)
        {
            double probability = 1 / (1 + Math.Exp(-((slope * values[i]) + intercept)));
            double gradient = rows[i].Weight * (probability - (rows[i].IsFraud ? 1 : 0));
            double curvature = rows[i].Weight * probability * (1 - probability);
            a += gradient * values[i];
            b += gradient;
            aa += curvature * values[i] * values[i];
            ab += curvature * values[i];
            bb += curvature;
        }

        double determinant = (aa * bb) - (ab * ab);
        return determinant > 0 ? (((bb * a) - (ab * b)) / determinant, ((aa * b) - (ab * a)) / determinant) : (0, 0);
    }

    /// <summary>Weighted log-loss, computed so that it never overflows.</summary>
    private static double Loss(ReadOnlySpan<double> values, WeightedRow[] rows, double slope, double intercept)
    {
        double loss = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double logOdds = (slope * values[i]) + intercept;
            double against = rows[i].IsFraud ? -logOdds : logOdds;
            loss += rows[i].Weight * (Math.Max(against, 0) + Math.Log(1 + Math.Exp(-Math.Abs(against))));
        }

        return loss;
    }
}
