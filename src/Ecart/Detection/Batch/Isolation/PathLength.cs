namespace Ecart.Detection.Batch.Isolation;

/// <summary>The mean length of an unsuccessful search in a random binary search tree: what a leaf that was not split further stands for.</summary>
internal static class PathLength
{
    private static readonly double[] Means = Compute(8192);

    /// <summary>c(n) = 2 H(n − 1) − 2 (n − 1) / n, with the exact harmonic number; 0 below 2 rows.</summary>
    /// <param name="rows">At most the largest sample that an option allows.</param>
    public static double Mean(int rows) => Means[rows];

    /// <summary>Levels of a tree that grows to the mean length of a path: ⌈log₂ rows⌉.</summary>
    public static int Levels(int rows)
    {
        int levels = 0;
        while (1 << levels < rows) levels++;
        return levels;
    }

    /// <returns>2^(−mean depth / c(sample)): near 1 is isolated at once, 0.5 and less is ordinary.</returns>
    public static double Score(double meanDepth, int sample) => sample < 2 ? 0.5 : Math.Pow(2, -meanDepth / Mean(sample));

    private static double[] Compute(int most)
    {
        var means = new double[most + 1];
        double harmonic = 0;
        for (int rows = 2; rows <= most; rows++)
        {
            harmonic += 1.0 / (rows - 1);
            means[rows] = (2 * harmonic) - (2.0 * (rows - 1) / rows);
        }

        return means;
    }
}
