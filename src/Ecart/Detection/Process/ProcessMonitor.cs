using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Detection.Streaming;
using Ecart.Vectors;

namespace Ecart.Detection.Process;

/// <summary>
/// Watches signals of one plant that are sampled together, row by row. Fitted to normal operation, it expects of every signal what the other
/// signals, the row before and the position in the season make of it, averages what differs over <see cref="ProcessMonitorOptions.Window"/> rows,
/// and compares that with what it was on rows not used for fitting. The score of a row is the signal furthest out, in standard deviations,
/// as the root mean square of the last <see cref="ProcessMonitorOptions.Hold"/> rows. Not thread-safe: one owner a plant.
/// </summary>
/// <remarks>
/// Regression of each signal on the others as in multivariate state estimation (K. Gross, R. Singer, S. Wegerich, 1997), lags as in dynamic PCA
/// (W. Ku, R. Storer, C. Georgakis, Chemometrics and Intelligent Laboratory Systems 30, 1995). One threshold, set from training rows without labels.
/// </remarks>
public sealed class ProcessMonitor : IStreamDetector
{
    /// <summary>Name in configurations, artefacts and tables.</summary>
    public const string KindName = "process_monitor";

    /// <summary>Fewest rows that a monitor can be fitted to.</summary>
    public const int MinimumRows = 20;

    /// <summary>A single row moves what is followed of a drift by at most this many standard deviations of it, times the rate.</summary>
    private const double MostAdaptation = 3;

    /// <summary>A signal with more evidence than this takes part in an alarm.</summary>
    private const double CalmEvidence = 2;

    private readonly ProcessMonitorOptions options;
    private readonly ProcessModel model;
    private readonly ProcessState state;
    private readonly double[] residuals;
    private readonly double[] deviations;
    private readonly double[] standard;
    private readonly float[] evaluated;
    private bool isEvaluated;
    private double evaluatedEvidence;

    internal ProcessMonitor(ProcessModel model, ProcessMonitorOptions options, ProcessState state)
    {
        this.model = model;
        this.options = options;
        this.state = state;
        residuals = new double[model.Signals];
        deviations = new double[model.Signals];
        standard = new double[model.Signals];
        evaluated = new float[model.Signals];
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int Dimension => model.Signals;

    /// <summary>Always: it was fitted.</summary>
    public bool HasOpinion => true;

    /// <summary>Score from which on there is an alarm.</summary>
    public double Threshold => model.Threshold;

    /// <summary>Whether the last learned row belongs to an alarm.</summary>
    public bool IsAlarm => state.IsAlarm;

    /// <inheritdoc/>
    public long Bytes => state.Bytes + (sizeof(double) * ((long)model.Weights.Length + (8L * model.Signals))) + (sizeof(int) * (long)model.Inputs.Length);

    /// <summary>Makes a monitor of rows of normal operation, in their order and evenly spaced; it goes on where they end.</summary>
    /// <param name="rows">At least <see cref="MinimumRows"/>; not kept.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DetectorInputException">Too few rows, fewer than two seasons, or a value that is not finite.</exception>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public static ProcessMonitor Fit(Matrix rows, ProcessMonitorOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new ProcessMonitorOptions();
        options.Validate();
        if (rows.Rows < MinimumRows)
            throw new DetectorInputException($"{KindName}: {rows.Rows} rows are too few to learn from; give at least {MinimumRows} of normal operation.");
        if (rows.Rows < 2 * options.Season)
            throw new DetectorInputException($"{KindName}: {rows.Rows} rows are too few for a season of {options.Season}; give at least two seasons.");
        for (int row = 0; row < rows.Rows; row++) CheckFinite(rows.Row(row), $"row {row}, ");
        ProcessModel model = ProcessTraining.Fit(rows, options, cancellation);
        var monitor = new ProcessMonitor(model, options, new ProcessState(model.Signals, options.Window, options.Hold));
        int first = Math.Max(0, rows.Rows - 1 - options.Window - options.Hold);
        monitor.Restart(first);
        for (int row = first; row < rows.Rows; row++) monitor.Advance(rows.Row(row), isAdapting: false);
        monitor.state.IsAlarm = false;
        return monitor;
    }

    /// <summary>Makes a monitor of what <see cref="Save"/> returned; it goes on as the saved one would.</summary>
    /// <exception cref="ArtefactException">Damaged, no monitor, or of a newer format.</exception>
    public static ProcessMonitor Restore(ReadOnlySpan<byte> artefact) => ProcessArtefact.Read(artefact);

    /// <summary>Forgets the rows before, as when a record begins elsewhere in time. What was learned stays; a drift that was followed does not.</summary>
    /// <param name="position">Rows from the first training row to the next row; only its position in the season matters.</param>
    public void Restart(long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        state.Clear(position);
        isEvaluated = false;
    }

    /// <summary>Whether the next row would belong to an alarm with this score: at or above the threshold, or not yet released.</summary>
    public bool IsAlarmAt(double score) => score >= model.Threshold || (state.IsAlarm && score >= model.Threshold * options.Release);

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<float> vector)
    {
        Evaluate(vector);
        return state.ScoreWith(evaluatedEvidence);
    }

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<float> vector) => Advance(vector, isAdapting: true);

    /// <summary>Scores a row, then learns from it.</summary>
    /// <param name="vector">The next row.</param>
    /// <param name="isAlarm">Whether it belongs to an alarm: at or above the threshold, or not yet released.</param>
    /// <returns>Its score.</returns>
    public double Observe(ReadOnlySpan<float> vector, out bool isAlarm)
    {
        double score = Score(vector);
        Learn(vector);
        isAlarm = state.IsAlarm;
        return score;
    }

    /// <inheritdoc/>
    public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        Evaluate(vector);
        if (contributions.Length != Dimension)
            throw new DetectorInputException($"{Kind}: there is room for {contributions.Length} contributions; a row has {Dimension} signals.");
        for (int signal = 0; signal < Dimension; signal++)
        {
            double evidence = model.Scales[signal].Evidence(deviations[signal]);
            contributions[signal] = evidence * evidence;
        }
    }

    /// <summary>What each signal of the next row should have been, for a person to compare with what it is.</summary>
    /// <param name="vector">The row.</param>
    /// <param name="expected">Receives one value a signal, in the signal's own units.</param>
    /// <exception cref="DetectorInputException">Wrong length, or a value that is not finite.</exception>
    public void Expect(ReadOnlySpan<float> vector, Span<double> expected)
    {
        Evaluate(vector);
        if (expected.Length != Dimension)
            throw new DetectorInputException($"{Kind}: there is room for {expected.Length} expected values; a row has {Dimension} signals.");
        for (int signal = 0; signal < Dimension; signal++)
        {
            double surprise = residuals[signal] - state.Drift[signal];
            expected[signal] = model.Means[signal] + (model.Units[signal] * (standard[signal] - surprise));
        }
    }

    /// <inheritdoc/>
    public byte[] Save() => ProcessArtefact.Write(model, options, state);

    /// <summary>A monitor of the same model that goes on by itself from where this one is.</summary>
    internal ProcessMonitor Fork()
    {
        var copy = new ProcessState(model.Signals, options.Window, options.Hold);
        copy.CopyFrom(state);
        return new ProcessMonitor(model, options, copy);
    }

    /// <summary>Forgets the rows before, as after a silence. A drift that was followed stays: the plant goes on from where it was.</summary>
    internal void Resume(long position)
    {
        state.ClearRows(position);
        isEvaluated = false;
    }

    /// <summary>Tells where in the season the next row is, when rows before it are missing. Nothing is forgotten.</summary>
    internal void MoveTo(long position)
    {
        if (state.Position == position) return;
        state.Position = position;
        isEvaluated = false;
    }

    /// <summary>Writes what is not the model's.</summary>
    internal void WriteState(ArtefactWriter writer) => state.Write(writer);

    /// <summary>Takes back what <see cref="WriteState"/> wrote of a monitor of the same model.</summary>
    /// <exception cref="ArtefactException">Damaged, or of a monitor of another model.</exception>
    internal void ReadState(ref ArtefactReader reader)
    {
        state.Read(ref reader);
        isEvaluated = false;
    }

    private void Advance(ReadOnlySpan<float> vector, bool isAdapting)
    {
        Evaluate(vector);
        double score = state.ScoreWith(evaluatedEvidence);
        state.IsAlarm = IsAlarmAt(score);
        if (isAdapting && options.Adaptation > 0) FollowDrift();
        state.Push(standard, residuals, evaluatedEvidence);
        isEvaluated = false;
    }

    /// <summary>Follows every signal while all is normal, and during an alarm those that take no part in it, so that they do not prolong it.</summary>
    private void FollowDrift()
    {
        double rate = Math.Min(1 / (options.Adaptation * model.Rows), 1);
        for (int signal = 0; signal < Dimension; signal++)
        {
            if (state.IsAlarm && model.Scales[signal].Evidence(deviations[signal]) >= CalmEvidence) continue;
            double most = MostAdaptation * model.Scales[signal].Spread;
            state.Drift[signal] += rate * Math.Clamp(deviations[signal], -most, most);
        }
    }

    /// <summary>Works out residuals, deviations and evidence of a row, once for a score and the learning after it.</summary>
    private void Evaluate(ReadOnlySpan<float> vector)
    {
        if (isEvaluated && vector.SequenceEqual(evaluated)) return;
        isEvaluated = false;
        if (vector.Length != Dimension) throw new DetectorInputException($"{Kind}: the row has {vector.Length} signals; it was fitted to {Dimension}.");
        CheckFinite(vector, "");
        model.Standardise(vector, standard);
        ReadOnlySpan<double> before = state.HasBefore ? state.Before : standard;
        for (int signal = 0; signal < Dimension; signal++) residuals[signal] = model.Residual(signal, standard, before, state.Position);
        state.AverageWith(residuals, deviations);
        TensorPrimitives.Subtract(deviations, state.Drift, deviations);
        double most = 0;
        for (int signal = 0; signal < Dimension; signal++) most = Math.Max(most, model.Scales[signal].Evidence(deviations[signal]));
        evaluatedEvidence = most * most;
        vector.CopyTo(evaluated);
        isEvaluated = true;
    }

    private static void CheckFinite(ReadOnlySpan<float> vector, string place)
    {
        if (TensorPrimitives.IsFiniteAll(vector)) return;
        int signal = 0;
        while (float.IsFinite(vector[signal])) signal++;
        throw new DetectorInputException($"{KindName}: {place}signal {signal} is {vector[signal]}; every value must be finite.");
    }
}
