using Ecart.Numerics;
using Ecart.Scoring;

namespace Ecart.Calibration;

/// <summary>
/// Fits <see cref="RelevanceOptions"/> to decided alerts: logistic regression with a ridge on standardised inputs, by Newton's method with halved steps. Stateless.
/// </summary>
internal static class RelevanceFit
{
    private const int MostSteps = 50;
    private const int Decimals = 6;

    /// <summary>The detectors that have evidence often enough to be given a weight, in the order of their codes.</summary>
    public static string[] CodesOf(IEnumerable<CalibrationEvent> alerts, int least) =>
    [
        .. alerts.SelectMany(alert => alert.Evidence.Where(one => one.Value > 0).Select(one => one.Code).Distinct())
            .GroupBy(code => code, StringComparer.Ordinal).Where(group => group.Count() >= least).Select(group => group.Key).Order(StringComparer.Ordinal),
    ];

    /// <summary>Fits a model without a condition.</summary>
    /// <param name="alerts">Alerts that people decided.</param>
    /// <param name="codes">Detectors that get a weight.</param>
    /// <param name="ridge">Strength of the pull towards 0.</param>
    public static RelevanceOptions Fit(IReadOnlyList<CalibrationEvent> alerts, IReadOnlyList<string> codes, double ridge)
    {
        int width = codes.Count + 2;
        var rows = new double[alerts.Count * width];
        for (int i = 0; i < alerts.Count; i++) Fill(rows.AsSpan(i * width, width), alerts[i], codes);
        (double[] means, double[] scales) = Standardise(rows, width);
        double[] weights = Solve(rows, width, alerts, ridge);
        double intercept = weights[0];
        for (int j = 1; j < width; j++)
        {
            weights[j] /= scales[j];
            intercept -= weights[j] * means[j];
        }

        return new RelevanceOptions
        {
            Intercept = Rounded(intercept, 100),
            Rank = Rounded(weights[1], 100),
            Weights = [.. codes.Select((code, j) => new EvidenceWeight { Code = code, Weight = Rounded(weights[j + 2], 1000) })],
        };
    }

    private static void Fill(Span<double> row, CalibrationEvent alert, IReadOnlyList<string> codes)
    {
        row[0] = 1;
        row[1] = RelevanceOptions.LogOdds(alert.Rank);
        for (int j = 0; j < codes.Count; j++)
            foreach (Contribution one in alert.Evidence)
                if (one.Code == codes[j]) row[j + 2] += one.Value;
    }

    private static (double[] Means, double[] Scales) Standardise(double[] rows, int width)
    {
        int count = rows.Length / width;
        var means = new double[width];
        var scales = new double[width];
        for (int j = 1; j < width; j++)
        {
            for (int i = 0; i < count; i++) means[j] += rows[(i * width) + j] / count;
            for (int i = 0; i < count; i++) scales[j] += Math.Pow(rows[(i * width) + j] - means[j], 2) / count;
            // What never varies tells nothing and gets no weight.
            scales[j] = scales[j] > 1e-12 ? Math.Sqrt(scales[j]) : 1;
            for (int i = 0; i < count; i++) rows[(i * width) + j] = (rows[(i * width) + j] - means[j]) / scales[j];
        }

        return (means, scales);
    }

    private static double[] Solve(double[] rows, int width, IReadOnlyList<CalibrationEvent> alerts, double ridge)
    {
        var weights = new double[width];
        double loss = Loss(rows, weights, alerts, ridge);
        for (int step = 0; step < MostSteps; step++)
        {
            double[] direction = Direction(rows, weights, alerts, ridge);
            double length = 1;
            double[] next = Moved(weights, direction, length);
            double nextLoss = Loss(rows, next, alerts, ridge);
            for (; !(nextLoss <= loss) && length > 1e-6; nextLoss = Loss(rows, next, alerts, ridge)) next = Moved(weights, direction, length /= 2);
            if (!(nextLoss < loss)) break;
            bool isDone = loss - nextLoss < 1e-10 * loss;
            (weights, loss) = (next, nextLoss);
            if (isDone) break;
        }

        return weights;
    }

    private static double[] Moved(double[] weights, double[] direction, double length) => [.. weights.Select((weight, j) => weight - (length * direction[j]))];

    /// <summary>Gradient through the inverse of the curvature.</summary>
    private static double[] Direction(double[] rows, double[] weights, IReadOnlyList<CalibrationEvent> alerts, double ridge)
    {
        int width = weights.Length;
        var curvature = new double[width * width];
        var gradient = new double[width];
        for (int j = 0; j < width; j++)
        {
            curvature[(j * width) + j] = j == 0 ? 1e-6 : ridge;
            gradient[j] = j == 0 ? 0 : ridge * weights[j];
        }

        for (int i = 0; i < alerts.Count; i++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(i * width, width);
            double chance = 1 / (1 + Math.Exp(-Dot(row, weights)));
            double miss = chance - (alerts[i].IsTrue == true ? 1 : 0);
            double bend = chance * (1 - chance);
            for (int j = 0; j < width; j++)
            {
                gradient[j] += miss * row[j];
                for (int k = 0; k <= j; k++) curvature[(j * width) + k] += bend * row[j] * row[k];
            }
        }

        Cholesky.Factor(curvature, width);
        double[] inverse = Cholesky.InvertLower(curvature, width);
        var direction = new double[width];
        for (int i = 0; i < width; i++)
        {
            double along = Dot(inverse.AsSpan(i * width, width), gradient);
            for (int j = 0; j < width; j++) direction[j] += along * inverse[(i * width) + j];
        }

        return direction;
    }

    /// <summary>Penalised log-loss, computed so that it never overflows.</summary>
    private static double Loss(double[] rows, double[] weights, IReadOnlyList<CalibrationEvent> alerts, double ridge)
    {
        int width = weights.Length;
        double loss = 0;
        for (int j = 1; j < width; j++) loss += ridge * weights[j] * weights[j] / 2;
        for (int i = 0; i < alerts.Count; i++)
        {
            double logOdds = Dot(rows.AsSpan(i * width, width), weights);
            double against = alerts[i].IsTrue == true ? -logOdds : logOdds;
            loss += Math.Max(against, 0) + Math.Log(1 + Math.Exp(-Math.Abs(against)));
        }

        return loss;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < right.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static double Rounded(double value, double most) => Math.Round(Math.Clamp(value, -most, most), Decimals);
}
