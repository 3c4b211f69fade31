using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Reconstruction;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Reconstruction;

public sealed class AutoencoderTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new Autoencoder(new AutoencoderOptions { Threads = threads, Steps = 60, Batch = 16 });

    /// <summary>The derivative by each weight against the difference of the loss.</summary>
    [Fact]
    public void Backward_EveryWeight_IsTheDerivativeOfTheLoss()
    {
        AutoencoderNetwork network = AutoencoderNetwork.Random([3, 4, 2, 4, 3], new SeededRandom(1));
        float[] input = [0.5f, -1, 0.25f];
        var activations = new float[network.ActivationCount];
        var deltas = new float[network.ActivationCount];
        var gradient = new float[network.Weights.Length];
        input.CopyTo(activations, 0);
        Span<float> output = network.Forward(activations);
        for (int i = 0; i < 3; i++) deltas[^(3 - i)] = output[i] - input[i];
        network.Backward(activations, deltas, gradient);
        for (int weight = 0; weight < gradient.Length; weight++)
        {
            const float Step = 1e-2f;
            float kept = network.Weights[weight];
            network.Weights[weight] = kept + Step;
            double above = Loss(network, input);
            network.Weights[weight] = kept - Step;
            double below = Loss(network, input);
            network.Weights[weight] = kept;
            Assert.Equal((above - below) / (2 * Step), gradient[weight], 2e-3);
        }
    }

    /// <summary>On a curve that a plane cannot follow, points off it are told from points on it.</summary>
    [Fact]
    public void Score_OffACurve_IsFarHigherThanOnIt()
    {
        var random = new SeededRandom(2);
        var rows = new Matrix(1000, 3);
        for (int row = 0; row < 1000; row++) Curve(random.Between(-1.5, 1.5), rows.Row(row));
        var detector = new Autoencoder();
        detector.Learn(rows);
        var point = new float[3];
        double on = 0, off = 0;
        for (double t = -1.4; t < 1.5; t += 0.2)
        {
            Curve(t, point);
            on += detector.Score(point);
            point[1] += 0.5f;
            off += detector.Score(point);
        }

        Assert.True(off > 10 * on, $"off {off}, on {on}");
    }

    [Fact]
    public void Explain_AnyVector_HasTheScoreAsItsMean()
    {
        Matrix rows = SampleRows.Normal(100, 6, 3);
        BatchDetector detector = Fitted(rows);
        var contributions = new double[6];
        detector.Explain(rows.Row(1), contributions);
        Assert.Equal(detector.Score(rows.Row(1)), contributions.Average(), 1e-9);
    }

    [Theory]
    [InlineData(-1, 0, 0.003, "hidden")]
    [InlineData(0, 300, 0.003, "code")]
    [InlineData(0, 0, 0, "learning_rate")]
    public void Options_OutOfRange_AreNamed(int hidden, int code, double rate, string name)
    {
        var options = new AutoencoderOptions { Hidden = hidden, Code = code, LearningRate = rate };
        Assert.Contains($"autoencoder.{name}", Assert.Throws<OptionsException>(() => new Autoencoder(options)).Message, StringComparison.Ordinal);
    }

    private static double Loss(AutoencoderNetwork network, float[] input)
    {
        var activations = new float[network.ActivationCount];
        input.CopyTo(activations, 0);
        double sum = 0;
        Span<float> output = network.Forward(activations);
        for (int i = 0; i < input.Length; i++) sum += (output[i] - input[i]) * (double)(output[i] - input[i]) / 2;
        return sum;
    }

    private static void Curve(double t, Span<float> point) => (point[0], point[1], point[2]) = ((float)t, (float)(t * t), (float)Math.Sin(2 * t));
}
