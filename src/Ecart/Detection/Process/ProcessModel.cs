using Ecart.Detection.Batch;

namespace Ecart.Detection.Process;

/// <summary>
/// What a <see cref="ProcessMonitor"/> learned: for every signal a linear regression on the other signals now and their squares (pumps and pipes
/// are not linear), on all of them and itself one row before, and on the position in the season. Never changes, so that threads may share it.
/// </summary>
internal sealed class ProcessModel
{
    /// <summary>A standardised value further out counts as this, so that a broken sensor does not drown what it is compared with.</summary>
    private const double MostStandard = 8;

    /// <summary>A value further out than this is squared as this: beyond what training knows, a parabola is a guess.</summary>
    private const double MostSquared = 4;

    /// <summary>Parts that a longer season is cut into.</summary>
    private const int MostOffsets = 48;

    public ProcessModel(int signals, int inputsPerSignal, int season)
    {
        Signals = signals;
        InputsPerSignal = inputsPerSignal;
        Season = Math.Max(season, 1);
        Means = new double[signals];
        Units = new double[signals];
        Errors = new double[signals];
        Inputs = new int[signals * inputsPerSignal];
        Weights = new double[signals * FeaturesPerSignal];
        Scales = new ResidualScale[signals];
    }

    public int Signals { get; }

    /// <summary>Other signals that one signal is predicted from.</summary>
    public int InputsPerSignal { get; }

    /// <summary>Rows of the season; 1 without one.</summary>
    public int Season { get; }

    /// <summary>Parts of the season, each with an offset of its own.</summary>
    public int Offsets => OffsetCount(Season);

    /// <summary>Itself before, its inputs now, before and squared, one offset for each part of the season.</summary>
    public int FeaturesPerSignal => FeatureCount(InputsPerSignal, Season);

    public double[] Means { get; }

    /// <summary>What one standardised unit is, in units of the signal.</summary>
    public double[] Units { get; }

    /// <summary>Errors of the instruments, standardised.</summary>
    public double[] Errors { get; }

    /// <summary>The inputs of every signal, <see cref="InputsPerSignal"/> each.</summary>
    public int[] Inputs { get; }

    /// <summary>The weights of every signal, <see cref="FeaturesPerSignal"/> each.</summary>
    public double[] Weights { get; }

    public ResidualScale[] Scales { get; }

    /// <summary>Score from which on there is an alarm.</summary>
    public double Threshold { get; set; }

    /// <summary>Rows that it was fitted to.</summary>
    public int Rows { get; set; }

    public void Standardise(ReadOnlySpan<float> values, Span<double> standard)
    {
        for (int i = 0; i < values.Length; i++) standard[i] = Math.Clamp((values[i] - Means[i]) / Units[i], -MostStandard, MostStandard);
    }

    /// <summary>A signal's standardised value less what was expected of it.</summary>
    /// <param name="signal">Its number.</param>
    /// <param name="now">All signals, standardised.</param>
    /// <param name="before">All signals one row before.</param>
    /// <param name="position">Rows from the first training row.</param>
    public double Residual(int signal, ReadOnlySpan<double> now, ReadOnlySpan<double> before, long position)
    {
        ReadOnlySpan<int> inputs = Inputs.AsSpan(signal * InputsPerSignal, InputsPerSignal);
        ReadOnlySpan<double> weights = Weights.AsSpan(signal * FeaturesPerSignal, FeaturesPerSignal);
        double expected = (weights[0] * before[signal]) + weights[^(Offsets - OffsetOf(position))];
        ReadOnlySpan<double> current = weights.Slice(1, inputs.Length);
        ReadOnlySpan<double> past = weights.Slice(1 + inputs.Length, inputs.Length);
        ReadOnlySpan<double> squared = weights.Slice(1 + (2 * inputs.Length), inputs.Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            int input = inputs[i];
            expected += (current[i] * now[input]) + (past[i] * before[input]) + (squared[i] * Square(now[input]));
        }

        return now[signal] - expected;
    }

    /// <summary>Fills what <see cref="Weights"/> are multiplied with for a signal.</summary>
    public void Features(int signal, ReadOnlySpan<double> now, ReadOnlySpan<double> before, long position, Span<double> features)
    {
        ReadOnlySpan<int> inputs = Inputs.AsSpan(signal * InputsPerSignal, InputsPerSignal);
        features[0] = before[signal];
        for (int i = 0; i < inputs.Length; i++)
        {
            features[1 + i] = now[inputs[i]];
            features[1 + inputs.Length + i] = before[inputs[i]];
            features[1 + (2 * inputs.Length) + i] = Square(now[inputs[i]]);
        }

        features[^Offsets..].Clear();
        features[^(Offsets - OffsetOf(position))] = 1;
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Int(InputsPerSignal);
        writer.Int(Rows);
        writer.Double(Threshold);
        writer.Doubles(Means);
        writer.Doubles(Units);
        writer.Doubles(Errors);
        writer.Ints(Inputs);
        writer.Doubles(Weights);
        writer.Doubles(Array.ConvertAll(Scales, scale => scale.Spread));
        writer.Doubles(Array.ConvertAll(Scales, scale => scale.Freedom));
    }

    public static ProcessModel Read(ref ArtefactReader reader, int signals, int season)
    {
        int inputsPerSignal = reader.Int(0, Math.Max(signals - 1, 0));
        int rows = reader.Int(1, int.MaxValue);
        double threshold = reader.Double();
        double[] means = reader.Doubles(signals);
        double[] units = reader.Doubles(signals);
        double[] errors = reader.Doubles(signals);
        int[] inputs = reader.Ints(checked(signals * inputsPerSignal));
        if (inputs.AsSpan().ContainsAnyExceptInRange(0, signals - 1))
            throw new ArtefactException("The artefact is damaged: it names a signal that there is not. Restore it from a backup or train again.");
        double[] weights = reader.Doubles(checked(signals * FeatureCount(inputsPerSignal, Math.Max(season, 1))));
        double[] spreads = reader.Doubles(signals);
        double[] freedoms = reader.Doubles(signals);
        var model = new ProcessModel(signals, inputsPerSignal, season) { Threshold = threshold, Rows = rows };
        means.CopyTo(model.Means, 0);
        units.CopyTo(model.Units, 0);
        errors.CopyTo(model.Errors, 0);
        inputs.CopyTo(model.Inputs, 0);
        weights.CopyTo(model.Weights, 0);
        for (int i = 0; i < signals; i++) model.Scales[i] = new ResidualScale(spreads[i], freedoms[i]);
        return model;
    }

    private static int OffsetCount(int season) => Math.Min(season, MostOffsets);

    private static int FeatureCount(int inputs, int season) => 1 + (3 * inputs) + OffsetCount(season);

    private int OffsetOf(long position) => (int)(position % Season * Offsets / Season);

    private static double Square(double value)
    {
        double limited = Math.Clamp(value, -MostSquared, MostSquared);
        return limited * limited;
    }
}
