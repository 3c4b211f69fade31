using System.Buffers;
using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Numerics;
using Ecart.Thresholds;
using Ecart.Vectors;

namespace Ecart.Detection.Ensembles;

/// <summary>
/// Several detectors that err differently, on one scale: each score becomes the probability that an ordinary row lies as far out
/// (<see cref="QuartileCalibration"/>), and the score is the weighted mean of −ln of these: ln 2 = 0.69 is typical, 2.3 is rarer than one in ten to most members, and
/// −ln p of a member that sees a vector ten times as far out as its quartiles is only 3, so no member drowns the others and no small deviation is rare. Scales the
/// dimensions itself.
/// </summary>
/// <remarks>
/// C. Aggarwal, S. Sathe, Outlier Ensembles, 2017; H.-P. Kriegel, P. Kröger, E. Schubert, A. Zimek, Interpreting and unifying outlier scores, SDM 2011. The rows
/// may have outliers among them.
/// </remarks>
public sealed class EnsembleDetector : BatchDetector
{
    /// <summary>The <see cref="Kind"/>.</summary>
    public const string KindName = "ensemble";

    private const int ShortVector = 1024;
    private readonly EnsembleOptions options;
    private ColumnScale? scale;
    private Member[] members = [];

    /// <summary>Makes one with default options.</summary>
    public EnsembleDetector()
        : this(new EnsembleOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public EnsembleDetector(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>What its members are, in the order of their names; empty before <c>Fit</c>.</summary>
    public IReadOnlyList<string> Members => [.. members.Select(member => member.Detector.Kind)];

    private ColumnScale Scale => scale ?? throw new InvalidOperationException($"{Kind}: not fitted; call Fit first.");

    /// <summary>The geometric mean of the probabilities that the members give to a vector: near 1 is typical, above 0 always. Of the score it is exp(−score).</summary>
    public static double Probability(double score) => Math.Max(double.Epsilon, Math.Exp(-score));

    /// <summary>How far out each member finds a vector: −ln of its probability, in the order of <see cref="Members"/>.</summary>
    /// <exception cref="DetectorInputException">Wrong length, a value that is not finite, or no room for one value a member.</exception>
    public void ScoreByMember(ReadOnlySpan<float> vector, Span<double> surprises)
    {
        Check(vector);
        if (surprises.Length != members.Length)
            throw new DetectorInputException($"{Kind}: there is room for {surprises.Length} members; there are {members.Length}.");
        var scaled = new float[vector.Length];
        Scale.Apply(vector, scaled);
        for (int i = 0; i < members.Length; i++) surprises[i] = members[i].Surprise(scaled);
    }

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        options.Validate(KindName);
        ColumnScale fittedScale = ColumnScale.Of(rows);
        Matrix scaled = fittedScale.Apply(rows);
        var fitted = new List<Member>();
        foreach ((string kind, double weight) in options.Members.OrderBy(member => member.Key, StringComparer.Ordinal))
            if (Fit(kind, weight, scaled, cancellation) is { } member) fitted.Add(member);
        if (fitted.Count == 0)
            throw new DetectorInputException($"{Kind}: {rows.Rows} rows are too few for every one of {string.Join(", ", options.Members.Keys)}; give more.");
        double weights = fitted.Sum(member => member.Weight);
        fitted = [.. fitted.Select(member => member with { Weight = member.Weight / weights })];
        var scores = new double[rows.Rows];
        foreach (Member member in fitted)
            for (int row = 0; row < scores.Length; row++) scores[row] += member.Weight * member.Calibration.Surprise(member.Detector.TrainingScores[row]);
        scale = fittedScale;
        members = [.. fitted];
        return scores;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector)
    {
        if (vector.Length <= ShortVector)
        {
            Span<float> scaled = stackalloc float[vector.Length];
            Scale.Apply(vector, scaled);
            return MeanSurprise(scaled);
        }

        float[] rented = ArrayPool<float>.Shared.Rent(vector.Length);
        Span<float> part = rented.AsSpan(0, vector.Length);
        Scale.Apply(vector, part);
        double score = MeanSurprise(part);
        ArrayPool<float>.Shared.Return(rented);
        return score;
    }

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation)
    {
        Matrix scaled = Scale.Apply(rows);
        var own = new double[rows.Rows];
        scores.Clear();
        foreach (Member member in members)
        {
            member.Detector.Score(scaled, own, cancellation);
            for (int row = 0; row < own.Length; row++) scores[row] += member.Weight * member.Calibration.Surprise(own[row]);
        }
    }

    /// <summary>What the members say, each share by share of its contributions, in proportion to its surprise.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        using var scaling = new Scratch<float>(vector.Length);
        using var contributing = new Scratch<double>(vector.Length);
        Span<float> scaled = scaling.Span;
        Span<double> own = contributing.Span;
        Scale.Apply(vector, scaled);
        contributions.Clear();
        foreach (Member member in members)
        {
            member.Detector.Explain(scaled, own);
            // Shares of the largest, then of their sum: the sum of huge contributions itself could be infinite.
            double largest = TensorPrimitives.Max<double>(own);
            if (largest <= 0) continue;
            double sum = 0;
            foreach (double contribution in own) sum += contribution / largest;
            double surprise = member.Weight * member.Surprise(scaled);
            for (int i = 0; i < own.Length; i++) contributions[i] += surprise * (own[i] / largest / sum);
        }
    }

    internal override void WriteLearned(ArtefactWriter writer)
    {
        Scale.Write(writer);
        writer.Int(members.Length);
        foreach (Member member in members)
        {
            writer.Bytes(member.Detector.Save());
            writer.Double(member.Weight);
            CalibrationArtefact.Write(writer, member.Calibration);
        }
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        scale = ColumnScale.Read(ref reader, dimension);
        members = new Member[reader.Int(1, 32)];
        for (int i = 0; i < members.Length; i++)
        {
            IBatchDetector detector = DetectorArtefact.Restore(reader.Bytes());
            if (detector.Kind == KindName || detector.Dimension != dimension)
                throw new ArtefactException($"The artefact is damaged: a member is {detector.Kind} of {detector.Dimension} dimensions. Restore it from a backup or train again.");
            double weight = reader.Double();
            if (weight is not (> 0 and <= 1)) throw new ArtefactException($"The artefact is damaged: a member weighs {weight}. Restore it from a backup or train again.");
            members[i] = new Member(detector, weight, CalibrationArtefact.Read(ref reader));
        }
    }

    /// <summary>Null when there are too few rows for the method: the others then decide without it.</summary>
    private Member? Fit(string kind, double weight, Matrix scaled, CancellationToken cancellation)
    {
        BatchDetector detector = SeededDetectors.Make(kind, options.Seed);
        try
        {
            detector.Fit(scaled, cancellation);
        }
        catch (DetectorInputException)
        {
            // The rows themselves are finite, as was checked before.
            return null;
        }

        double small = SmallDifference.Of(detector, scaled, new SeededRandom(options.Seed));
        return new Member(detector, weight, new QuartileCalibration(detector.TrainingScores, small));
    }

    private double MeanSurprise(ReadOnlySpan<float> scaled)
    {
        double sum = 0;
        foreach (Member member in members) sum += member.Weight * member.Surprise(scaled);
        return sum;
    }

    private sealed record Member(IBatchDetector Detector, double Weight, QuartileCalibration Calibration)
    {
        public double Surprise(ReadOnlySpan<float> scaled) => Calibration.Surprise(Detector.Score(scaled));
    }
}
