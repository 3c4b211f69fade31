using Ecart.Vectors;

namespace Ecart.Numerics;

/// <summary>
/// Mean and covariance of rows, the covariance drawn towards equal variance in every direction by as much as the sample calls for: Ledoit and Wolf,
/// "A well-conditioned estimator for large-dimensional covariance matrices", 2004.
/// </summary>
internal static class ShrunkCovariance
{
    /// <summary>Estimates both.</summary>
    /// <param name="rows">At least one row of finite values.</param>
    /// <param name="shrinkage">How far it is drawn, 0 to 1; −1 to decide by the sample.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The mean, the covariance row after row, and how far it was drawn.</returns>
    public static (double[] Mean, double[] Covariance, double Shrinkage) Estimate(Matrix rows, double shrinkage, CancellationToken cancellation = default)
    {
        int d = rows.Columns;
        var mean = new double[d];
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < d; j++) mean[j] += rows.Row(i)[j];
        for (int j = 0; j < d; j++) mean[j] /= rows.Rows;

        var covariance = new double[d * d];
        double fourth = AddUp(rows, mean, covariance, cancellation);
        double trace = 0;
        double squares = 0;
        for (int j = 0; j < d; j++) trace += covariance[(j * d) + j];
        foreach (double value in covariance) squares += value * value;
        double even = trace / d;
        if (shrinkage < 0) shrinkage = Decide(rows.Rows, squares, squares - (d * even * even), fourth);
        for (int i = 0; i < covariance.Length; i++) covariance[i] *= 1 - shrinkage;
        for (int j = 0; j < d; j++) covariance[(j * d) + j] += shrinkage * even;
        return (mean, covariance, shrinkage);
    }

    /// <summary>Fills the covariance (over n) and gives the mean of the fourth powers of the rows' distances to the mean. Zeros cost nothing: layouts are sparse.</summary>
    private static double AddUp(Matrix rows, double[] mean, double[] covariance, CancellationToken cancellation)
    {
        int d = rows.Columns;
        int n = rows.Rows;
        double fourth = 0;
        var used = new int[d];
        var values = new double[d];
        for (int i = 0; i < n; i++)
        {
            if ((i & 1023) == 0) cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> row = rows.Row(i);
            double norm = 0;
            int count = 0;
            for (int j = 0; j < d; j++)
            {
                double centred = row[j] - mean[j];
                norm += centred * centred;
                if (row[j] == 0) continue;
                used[count] = j;
                values[count++] = row[j];
            }

            fourth += norm * norm;
            for (int a = 0; a < count; a++)
                for (int b = a; b < count; b++) covariance[(used[a] * d) + used[b]] += values[a] * values[b];
        }

        for (int a = 0; a < d; a++)
        {
            for (int b = a; b < d; b++)
            {
                double value = (covariance[(a * d) + b] / n) - (mean[a] * mean[b]);
                if (a == b) value = Math.Max(0, value);
                covariance[(a * d) + b] = value;
                covariance[(b * d) + a] = value;
            }
        }

        return fourth / n;
    }

    private static double Decide(int n, double squares, double dispersion, double fourth)
    {
        if (dispersion <= 1e-12 * squares || squares == 0) return 1;
        double noise = Math.Max(0, fourth - squares) / n;
        return Math.Min(1, noise / dispersion);
    }
}
