using Ecart.Detection.Process;
using Ecart.Numerics;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Process;

/// <summary>
/// A plant that nobody built: its first signal is a wave with noise, every third one follows it, every third one remembers itself, the others are noise.
/// </summary>
internal static class MadeUpPlant
{
    public static ProcessMonitor Fit(Matrix rows, ProcessMonitorOptions? options = null) =>
        ProcessMonitor.Fit(rows, options, TestContext.Current.CancellationToken);

    public static Matrix Rows(int rows, int signals, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var matrix = new Matrix(rows, signals);
        var memories = new double[signals];
        for (int row = 0; row < rows; row++)
        {
            double wave = 5 + Math.Sin(row * 0.26) + (0.5 * random.NextNormal());
            for (int signal = 0; signal < signals; signal++)
            {
                memories[signal] = (0.8 * memories[signal]) + (0.3 * random.NextNormal());
                matrix.Row(row)[signal] = (float)((signal % 3) switch
                {
                    0 => (signal + 1) * (wave + (signal == 0 ? 0 : 0.1 * random.NextNormal())),
                    1 => 10 + memories[signal],
                    _ => 20 + random.NextNormal(),
                });
            }
        }

        return matrix;
    }
}
