using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Numerics;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Distance from an exponentially weighted mean in standard deviations of an exponentially weighted covariance: sees a value that is usual by
/// itself and impossible beside the others. Dimensions may differ in scale. Not thread-safe: one owner a stream.
/// </summary>
/// <remarks>
/// The covariance is kept as its Cholesky factor, updated by one rank a vector, so that neither score nor learning ever costs more than n² operations. It
/// is shrunk towards its diagonal by n/(n + vectors that count); what forgetting takes from the diagonal is given back one dimension a vector. Vectors far out
/// teach little (<see cref="EwMahalanobisOptions.RecoveryObservations"/> says until when). The score is about √n for typical vectors.
/// R. Maronna, Robust M-estimators of multivariate location and scatter, Annals of Statistics 4(1), 1976;
/// O. Ledoit, M. Wolf, A well-conditioned estimator for large-dimensional covariance matrices, J. Multivariate Analysis 88(2), 2004.
/// </remarks>
public sealed class EwMahalanobis : StreamDetector
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string KindName = "ew_mahalanobis";

    private readonly EwMahalanobisOptions options;
    private readonly InfluenceGate gate;
    private readonly CholeskyFactor? factor;
    private readonly double leastGain;
    private readonly double shrinkage;
    private readonly double[] mean;
    private readonly double[] variance;
    private readonly double[] candidate;
    private readonly double[] floor;
    private readonly double[] residual;
    private readonly double[] scratch;
    private double counted;
    private int outliers;
    private int axis;

    /// <summary>Makes one that knows nothing.</summary>
    /// <param name="dimension">Length of the vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public EwMahalanobis(int dimension, EwMahalanobisOptions? options = null)
        : base(dimension, (options ??= new EwMahalanobisOptions()).MinimumObservations)
    {
        options.Validate();
        this.options = options;
        leastGain = 1 - Math.Pow(0.5, 1.0 / options.HalfLife);
        shrinkage = dimension / (dimension + (2 / leastGain));
        gate = new InfluenceGate(dimension, options.RecoveryObservations);
        if (dimension <= options.MaximumFullDimension) factor = new CholeskyFactor(dimension);
        mean = new double[dimension];
        variance = new double[dimension];
        candidate = new double[dimension];
        floor = new double[dimension];
        residual = new double[dimension];
        scratch = new double[dimension];
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>How many of the recent vectors were far out, 0 to 1; at one half they become the new normal.</summary>
    public double OutlierShare => gate.OutlierShare;

    /// <inheritdoc/>
    public override long Bytes => sizeof(double) * ((6L * Dimension) + (factor?.Packed.Length ?? 0));

    private bool IsReady => Learned >= options.MinimumObservations;

    private protected override double ScoreVector(ReadOnlySpan<float> vector) => Distance(vector) / Math.Sqrt(1 + (1 / counted));

    private protected override void LearnVector(ReadOnlySpan<float> vector)
    {
        if (!IsReady)
        {
            Residual(vector);
            MoveMean(1 / (counted + 1));
            counted++;
            if (Learned + 1 < options.MinimumObservations) return;
            RefreshFloor();
            TensorPrimitives.Max(variance, floor, scratch);
            factor?.SetDiagonal(scratch);
            return;
        }

        double distance = Distance(vector);
        Residual(vector);
        TakeCandidate(vector, gate.IsOutlier(distance));
        double weight = gate.Weight(distance);
        MoveCovariance(weight * Math.Max(leastGain, 1 / (counted + Dimension + 1)));
        MoveMean(weight * Math.Max(leastGain, 1 / (counted + 1)));
        counted += weight;
        if (gate.Take(distance)) AdoptCandidate();
    }

    /// <summary>By how much the squared distance falls when the dimension alone is allowed to have any value.</summary>
    private protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        Residual(vector);
        if (factor is null)
        {
            TensorPrimitives.Max(variance, floor, scratch);
            for (int j = 0; j < Dimension; j++) contributions[j] = residual[j] * residual[j] / scratch[j];
            return;
        }

        factor.SolveLower(residual);
        factor.SolveUpper(residual);
        for (int j = 0; j < Dimension; j++)
        {
            scratch.AsSpan().Clear();
            scratch[j] = 1;
            factor.SolveLower(scratch, j);
            contributions[j] = residual[j] * residual[j] / TensorPrimitives.SumOfSquares<double>(scratch.AsSpan(j));
        }
    }

    internal override void WriteState(ArtefactWriter writer)
    {
        writer.Int(options.HalfLife);
        writer.Int(options.MinimumObservations);
        writer.Int(options.RecoveryObservations);
        writer.Int(options.MaximumFullDimension);
        writer.Double(options.DeviationFloor);
        gate.Write(writer);
        writer.Doubles(mean);
        writer.Doubles(variance);
        writer.Doubles(candidate);
        writer.Doubles(floor);
        if (factor is not null) writer.Doubles(factor.Packed);
        writer.Double(counted);
        writer.Int(outliers);
        writer.Int(axis);
    }

    internal static StreamDetector Read(ref ArtefactReader reader, int dimension)
    {
        var detector = new EwMahalanobis(dimension, new EwMahalanobisOptions
        {
            HalfLife = reader.Int(),
            MinimumObservations = reader.Int(),
            RecoveryObservations = reader.Int(),
            MaximumFullDimension = reader.Int(),
            DeviationFloor = reader.Double(),
        });
        detector.gate.Read(ref reader);
        reader.Doubles(dimension).CopyTo(detector.mean, 0);
        reader.Doubles(dimension).CopyTo(detector.variance, 0);
        reader.Doubles(dimension).CopyTo(detector.candidate, 0);
        reader.Doubles(dimension).CopyTo(detector.floor, 0);
        detector.factor?.Load(reader.Doubles(CholeskyFactor.LengthOf(dimension)));
        detector.counted = reader.Double();
        detector.outliers = reader.Int();
        detector.axis = reader.Int(0, dimension - 1);
        return detector;
    }

    private void Residual(ReadOnlySpan<float> vector)
    {
        TensorPrimitives.ConvertTruncating(vector, residual);
        TensorPrimitives.Subtract(residual, mean, residual);
    }

    /// <summary>Distance of a vector; leaves nothing of use in the working memory.</summary>
    private double Distance(ReadOnlySpan<float> vector)
    {
        Residual(vector);
        if (factor is not null)
        {
            factor.SolveLower(residual);
            return TensorPrimitives.Norm<double>(residual);
        }

        TensorPrimitives.Max(variance, floor, scratch);
        TensorPrimitives.Multiply(residual, residual, residual);
        TensorPrimitives.Divide(residual, scratch, residual);
        return Math.Sqrt(TensorPrimitives.Sum<double>(residual));
    }

    private void MoveMean(double gain)
    {
        TensorPrimitives.Multiply(residual, residual, scratch);
        TensorPrimitives.MultiplyAdd(scratch, gain, variance, variance);
        TensorPrimitives.Multiply(variance, 1 - gain, variance);
        TensorPrimitives.MultiplyAdd(residual, gain, mean, mean);
    }

    private void MoveCovariance(double gain)
    {
        if (factor is null)
        {
            if (++axis == Dimension) axis = 0;
            if (axis == 0) RefreshFloor();
            return;
        }

        factor.Scale(1 - gain);
        TensorPrimitives.Multiply(residual, Math.Sqrt(gain * (1 - gain) * (1 - shrinkage)), scratch);
        factor.Add(scratch);
        scratch.AsSpan().Clear();
        double missing = (shrinkage * variance[axis]) + Math.Max(0, floor[axis] - variance[axis]);
        scratch[axis] = Math.Sqrt(gain * Dimension * missing);
        factor.Add(scratch);
        if (++axis < Dimension) return;
        axis = 0;
        RefreshFloor();
    }

    /// <summary>Remembers where vectors far out lie, in case that they turn out to be the new normal.</summary>
    private void TakeCandidate(ReadOnlySpan<float> vector, bool isOutlier)
    {
        if (!isOutlier)
        {
            // Outliers of an earlier time say nothing about a change now.
            if (gate.OutlierShare < 0.05) outliers = 0;
            return;
        }

        outliers = Math.Min(outliers + 1, options.RecoveryObservations);
        TensorPrimitives.ConvertTruncating(vector, scratch);
        TensorPrimitives.Subtract(scratch, candidate, scratch);
        TensorPrimitives.MultiplyAdd(scratch, 1.0 / outliers, candidate, candidate);
    }

    private void AdoptCandidate()
    {
        candidate.CopyTo(mean, 0);
        counted = Math.Min(counted, options.MinimumObservations);
        outliers = 0;
    }

    private void RefreshFloor()
    {
        // Never below what rounding of the values themselves gives.
        TensorPrimitives.Multiply(mean, 1e-6, floor);
        TensorPrimitives.Multiply(floor, floor, floor);
        TensorPrimitives.Max(floor, Math.Max(1e-18, options.DeviationFloor * options.DeviationFloor), floor);
    }
}
