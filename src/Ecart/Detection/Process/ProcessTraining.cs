using System.Numerics.Tensors;
using Ecart.Vectors;

namespace Ecart.Detection.Process;

/// <summary>
/// Fits a <see cref="ProcessModel"/> to normal rows. What is normal for a residual is measured on rows that its regression had not seen: each
/// block of consecutive rows is predicted by a regression on the others, so that a drift through the training rows shows.
/// </summary>
internal sealed class ProcessTraining
{
    /// <summary>Penalty of a seasonal offset a row: small, it only keeps a position that never came defined.</summary>
    private const double OffsetPenalty = 1e-4;

    private readonly ProcessMonitorOptions options;
    private readonly ProcessModel model;
    private readonly double[] standard;
    private readonly int rows;

    private ProcessTraining(Matrix matrix, ProcessMonitorOptions options)
    {
        this.options = options;
        rows = matrix.Rows;
        // More inputs than rows can support would be fitted to noise.
        int inputs = Math.Min(Math.Min(options.MaximumInputs, matrix.Columns - 1), Math.Max(rows / 8, 1));
        model = new ProcessModel(matrix.Columns, inputs, options.Season) { Rows = rows };
        LearnUnits(matrix);
        standard = new double[rows * matrix.Columns];
        for (int row = 0; row < rows; row++) model.Standardise(matrix.Row(row), StandardRow(row));
    }

    public static ProcessModel Fit(Matrix rows, ProcessMonitorOptions options, CancellationToken cancellation)
    {
        var training = new ProcessTraining(rows, options);
        training.ChooseInputs(cancellation);
        training.LearnSignals(cancellation);
        return training.model;
    }

    private Span<double> StandardRow(int row) => standard.AsSpan(row * model.Signals, model.Signals);

    private void LearnUnits(Matrix matrix)
    {
        var squares = new double[model.Signals];
        for (int row = 0; row < rows; row++)
            for (int signal = 0; signal < model.Signals; signal++) model.Means[signal] += matrix.Row(row)[signal];
        TensorPrimitives.Divide(model.Means, rows, model.Means);
        for (int row = 0; row < rows; row++)
        {
            Span<float> values = matrix.Row(row);
            for (int signal = 0; signal < model.Signals; signal++)
            {
                double difference = values[signal] - model.Means[signal];
                squares[signal] += difference * difference;
            }
        }

        for (int signal = 0; signal < model.Signals; signal++)
        {
            double variance = squares[signal] / rows;
            double error = options.Accuracy * Math.Sqrt(variance + (model.Means[signal] * model.Means[signal]));
            // A constant signal has no unit of its own: rounding of a float is the least that counts as a change.
            double least = Math.Max(1e-9, 1e-6 * Math.Abs(model.Means[signal]));
            model.Units[signal] = Math.Max(Math.Max(Math.Sqrt(variance), error), least);
            model.Errors[signal] = error / model.Units[signal];
        }
    }

    private void ChooseInputs(CancellationToken cancellation)
    {
        if (model.InputsPerSignal == 0) return;
        double[] columns = new double[standard.Length];
        for (int row = 0; row < rows; row++)
            for (int signal = 0; signal < model.Signals; signal++) columns[(signal * rows) + row] = StandardRow(row)[signal];
        Parallel.For(0, model.Signals, new ParallelOptions { CancellationToken = cancellation }, signal =>
        {
            var others = new int[model.Signals - 1];
            var weakness = new double[model.Signals - 1];
            for (int i = 0; i < others.Length; i++)
            {
                int other = i < signal ? i : i + 1;
                others[i] = other;
                if (others.Length == model.InputsPerSignal) continue;
                weakness[i] = -Math.Abs(TensorPrimitives.Dot<double>(columns.AsSpan(signal * rows, rows), columns.AsSpan(other * rows, rows)));
            }

            if (others.Length > model.InputsPerSignal) Array.Sort(weakness, others);
            Span<int> inputs = model.Inputs.AsSpan(signal * model.InputsPerSignal, model.InputsPerSignal);
            others.AsSpan(0, inputs.Length).CopyTo(inputs);
            inputs.Sort();
        });
    }

    private void LearnSignals(CancellationToken cancellation)
    {
        var evidence = new double[rows];
        var merging = new Lock();
        Parallel.For(0, model.Signals, new ParallelOptions { CancellationToken = cancellation }, signal =>
        {
            double[] residuals = LearnSignal(signal);
            var averaged = new double[rows];
            ResidualScale scale = ResidualScale.Of(residuals, options.Window, model.Errors[signal], averaged);
            model.Scales[signal] = scale;
            for (int row = 0; row < rows; row++) averaged[row] = scale.Evidence(averaged[row]);
            // The largest of all is the same in any order, so that threads change nothing.
            lock (merging) TensorPrimitives.Max(evidence, averaged, evidence);
        });
        model.Threshold = ThresholdOf(evidence);
    }

    /// <returns>Residuals of the training rows, each from a regression that had not seen its block.</returns>
    private double[] LearnSignal(int signal)
    {
        int order = model.FeaturesPerSignal;
        var features = new double[order];
        var all = new RidgeSystem(order);
        var blocks = new RidgeSystem[options.Blocks];
        for (int block = 0; block < blocks.Length; block++)
        {
            blocks[block] = new RidgeSystem(order);
            for (int row = FirstRow(block); row < FirstRow(block + 1); row++)
            {
                FeaturesOf(signal, row, features);
                blocks[block].Add(features, StandardRow(row)[signal]);
            }

            all.Add(blocks[block]);
        }

        double[] penalties = PenaltiesOf(signal);
        var residuals = new double[rows];
        for (int block = 0; block < blocks.Length; block++)
        {
            double[] weights = all.Solve(blocks[block], penalties);
            for (int row = FirstRow(block); row < FirstRow(block + 1); row++)
            {
                FeaturesOf(signal, row, features);
                residuals[row] = StandardRow(row)[signal] - TensorPrimitives.Dot<double>(weights, features);
            }
        }

        all.Solve(null, penalties).CopyTo(model.Weights, signal * order);
        return residuals;
    }

    private int FirstRow(int block) => (int)((long)rows * block / options.Blocks);

    private void FeaturesOf(int signal, int row, Span<double> features) =>
        model.Features(signal, StandardRow(row), StandardRow(Math.Max(row - 1, 0)), row, features);

    /// <summary>The usual penalty, and the error of each input's instrument: a regression on inexact inputs must not lean on what they cannot tell.</summary>
    private double[] PenaltiesOf(int signal)
    {
        var penalties = new double[model.FeaturesPerSignal];
        penalties.AsSpan().Fill(OffsetPenalty * rows);
        ReadOnlySpan<int> inputs = model.Inputs.AsSpan(signal * model.InputsPerSignal, model.InputsPerSignal);
        penalties[0] = PenaltyOf(signal);
        for (int i = 0; i < inputs.Length; i++)
            penalties[1 + i] = penalties[1 + inputs.Length + i] = penalties[1 + (2 * inputs.Length) + i] = PenaltyOf(inputs[i]);
        return penalties;
    }

    private double PenaltyOf(int input) => (options.Ridge + (model.Errors[input] * model.Errors[input])) * rows;

    private double ThresholdOf(double[] evidence)
    {
        TensorPrimitives.Multiply(evidence, evidence, evidence);
        var scores = new double[rows];
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            sum += evidence[row] - (row >= options.Hold ? evidence[row - options.Hold] : 0);
            scores[row] = Math.Sqrt(Math.Max(sum, 0) / Math.Min(row + 1, options.Hold));
        }

        Array.Sort(scores);
        double reached = scores[(int)(options.TrainingQuantile * (rows - 1))];
        return Math.Min(Math.Max(options.MinimumThreshold, options.SafetyFactor * reached), ResidualScale.Most);
    }
}
