using System.Numerics.Tensors;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Reconstruction;

/// <summary>Trains a network on standardised rows until rows that were held back are no longer reconstructed better.</summary>
internal sealed class AutoencoderTraining(Matrix rows, AutoencoderOptions options, CancellationToken cancellation)
{
    private const int LeastRowsToHoldBack = 20;
    private const int MostHeldBack = 2000;
    private const int StepsBetweenLooks = 50;

    private readonly SeededRandom random = new(options.Seed);

    public AutoencoderNetwork Run()
    {
        AutoencoderNetwork network = AutoencoderNetwork.Random(Sizes(), random);
        int[] order = Shuffled();
        int held = rows.Rows < LeastRowsToHoldBack ? 0 : Math.Min(MostHeldBack, (int)Math.Ceiling(options.Validation * rows.Rows));
        int[] train = order[held..];
        int[] judge = held == 0 ? train : order[..held];
        var optimizer = new AdamOptimizer(network.Weights.Length, options.LearningRate);
        var batch = new Batch(network);
        float[] best = [.. network.Weights];
        double least = double.PositiveInfinity;
        int position = 0;
        for (int step = 1, looks = 0; step <= options.Steps && looks < options.Patience; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            batch.Clear();
            int size = Math.Min(options.Batch, train.Length);
            for (int i = 0; i < size; i++) batch.Add(rows.Row(Next(train, ref position)), size);
            optimizer.Step(network.Weights, batch.Gradient);
            if (step % StepsBetweenLooks != 0 && step != options.Steps) continue;
            double loss = Loss(network, judge);
            looks = loss < least ? 0 : looks + 1;
            if (!(loss < least)) continue;
            least = loss;
            network.Weights.CopyTo(best, 0);
        }

        return new AutoencoderNetwork(network.Sizes.ToArray(), best);
    }

    private int[] Sizes()
    {
        int hidden = options.Hidden > 0 ? options.Hidden : Math.Clamp(rows.Columns, 4, 64);
        int code = options.Code > 0 ? options.Code : Math.Clamp((rows.Columns + 2) / 3, 1, 16);
        return [rows.Columns, hidden, code, hidden, rows.Columns];
    }

    private int[] Shuffled()
    {
        var order = new int[rows.Rows];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Shuffle(order);
        return order;
    }

    private void Shuffle(int[] order)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int drawn = random.Next(i + 1);
            (order[i], order[drawn]) = (order[drawn], order[i]);
        }
    }

    private int Next(int[] train, ref int position)
    {
        if (position == train.Length)
        {
            Shuffle(train);
            position = 0;
        }

        return train[position++];
    }

    private double Loss(AutoencoderNetwork network, int[] judge)
    {
        double sum = 0;
        var activations = new float[network.ActivationCount];
        foreach (int row in judge)
        {
            rows.Row(row).CopyTo(activations);
            double distance = TensorPrimitives.Distance<float>(network.Forward(activations), rows.Row(row));
            sum += distance * distance;
        }

        return sum / judge.Length;
    }

    private sealed class Batch(AutoencoderNetwork network)
    {
        private readonly float[] activations = new float[network.ActivationCount];
        private readonly float[] deltas = new float[network.ActivationCount];

        public float[] Gradient { get; } = new float[network.Weights.Length];

        public void Clear() => Gradient.AsSpan().Clear();

        /// <summary>The loss is half the squared distance, meant over the rows of the batch.</summary>
        public void Add(ReadOnlySpan<float> row, int size)
        {
            row.CopyTo(activations);
            Span<float> delta = deltas.AsSpan(deltas.Length - row.Length);
            TensorPrimitives.Subtract(network.Forward(activations), row, delta);
            TensorPrimitives.Divide(delta, size, delta);
            network.Backward(activations, deltas, Gradient);
        }
    }
}
