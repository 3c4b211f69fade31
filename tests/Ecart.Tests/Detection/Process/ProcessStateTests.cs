using Ecart.Detection.Process;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Process;

public sealed class ProcessStateTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 3)]
    [InlineData(128, 8, 4)]
    [InlineData(384, 2, 20)]
    public void AverageWithAndScoreWith_EveryRow_AreThoseOfAPlainLoop(int signals, int window, int hold)
    {
        var random = new SeededRandom(5);
        var state = new ProcessState(signals, window, hold);
        var history = new List<double[]>();
        var evidence = new List<double>();
        var averages = new double[signals];
        for (int row = 0; row < 60; row++)
        {
            double[] residuals = [.. Enumerable.Range(0, signals).Select(_ => random.NextNormal())];
            history.Add(residuals);
            evidence.Add(random.NextDouble());

            state.AverageWith(residuals, averages);
            double score = state.ScoreWith(evidence[^1]);

            for (int signal = 0; signal < signals; signal += 13)
                Assert.Equal(history.TakeLast(window).Average(values => values[signal]), averages[signal], 1e-12);
            Assert.Equal(Math.Sqrt(evidence.TakeLast(hold).Average()), score, 1e-12);
            state.Push(residuals, residuals, evidence[^1]);
        }
    }
}
