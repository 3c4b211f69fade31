using Ecart.Vectors;

namespace Ecart.Eval.Odds;

/// <summary>One data set with its splits.</summary>
/// <param name="Name">As in the file of splits.</param>
/// <param name="Rows">The features as they were published.</param>
/// <param name="IsOutlier">One a row; never shown to a detector.</param>
/// <param name="Splits">Each says of every row whether it is a test row.</param>
internal sealed record OddsSet(string Name, Matrix Rows, bool[] IsOutlier, IReadOnlyList<bool[]> Splits)
{
    /// <summary>The part of a split that a detector is fitted to, and the part that it is measured on, on one scale: the first has mean 0 and deviation 1.</summary>
    public OddsSplit Split(int trial)
    {
        bool[] isTest = Splits[trial];
        int[] training = [.. Enumerable.Range(0, Rows.Rows).Where(row => !isTest[row])];
        int[] test = [.. Enumerable.Range(0, Rows.Rows).Where(row => isTest[row])];
        Matrix fitted = Rows.Select(training);
        Matrix measured = Rows.Select(test);
        Standardise(fitted, measured);
        return new OddsSplit(fitted, measured, [.. test.Select(row => IsOutlier[row])]);
    }

    private static void Standardise(Matrix training, Matrix test)
    {
        for (int column = 0; column < training.Columns; column++)
        {
            double mean = 0;
            for (int row = 0; row < training.Rows; row++) mean += training.Row(row)[column];
            mean /= training.Rows;
            double squares = 0;
            for (int row = 0; row < training.Rows; row++) squares += Math.Pow(training.Row(row)[column] - mean, 2);
            double deviation = Math.Sqrt(squares / training.Rows);
            // A column that is constant to rounding stays as it is, as in the published protocol.
            if (deviation <= 1e-7 * Math.Abs(mean) || deviation == 0) deviation = 1;
            foreach (Matrix part in new[] { training, test })
                for (int row = 0; row < part.Rows; row++) part.Row(row)[column] = (float)((part.Row(row)[column] - mean) / deviation);
        }
    }
}
