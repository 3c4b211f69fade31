using System.Numerics.Tensors;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Network.Signatures;

/// <summary>Learns a signature of labelled examples: its centre and, from the data, its radius. Stateless.</summary>
/// <remarks>
/// The centre is the mean of the threat's examples, scaled to length 1. The radius is the one that tells threat and normal apart best, by the F½ score, which asks
/// for precision twice as much as for recall; it lies in the middle between the last example inside and the next outside, whatever kind that is, so that it
/// does not hug the examples. Where no normal example is near, it is the largest distance of the threat's examples and a half more.
/// </remarks>
public static class SignatureLearning
{
    /// <summary>Fewest examples of the threat.</summary>
    public const int LeastExamples = 5;

    private const double PrecisionWeight = 0.5;
    private const double Margin = 1.5;
    private const double LeastScore = 0.5;

    /// <summary>Learns a signature.</summary>
    /// <param name="name">Name for people.</param>
    /// <param name="category">One of <see cref="NetworkSignature.Categories"/>.</param>
    /// <param name="severity">Severity.</param>
    /// <param name="threats">Embeddings of the threat, at least <see cref="LeastExamples"/>.</param>
    /// <param name="normals">Embeddings of what is not the threat; may be empty.</param>
    /// <param name="mitreId">Id of the technique; null for none.</param>
    /// <exception cref="SignatureException">
    /// There are too few examples, a field is wrong, or no radius tells the threat apart well: its examples do not look alike, or look like normal ones.
    /// </exception>
    public static NetworkSignature Learn(
        string name, string category, Severity severity, IReadOnlyList<float[]> threats, IReadOnlyList<float[]> normals, string? mitreId = null)
    {
        ArgumentNullException.ThrowIfNull(threats);
        ArgumentNullException.ThrowIfNull(normals);
        if (threats.Count < LeastExamples) throw new SignatureException($"{threats.Count} examples of the threat are too few: give at least {LeastExamples}.");
        if (threats.Concat(normals).Any(static vector => vector.Length != NetworkLayout.Dimension || !VectorMath.IsFinite(vector)))
            throw new SignatureException($"An example is not a vector of {NetworkLayout.Dimension} finite numbers.");
        float[] centre = CentreOf(threats);
        (double radius, double score) = RadiusOf(centre, threats, normals);
        if (score < LeastScore)
            throw new SignatureException($"No radius tells the threat apart: the best one has an F½ score of {score:F2} on the examples, and {LeastScore:F1} is the least. Give examples of one behaviour only.");
        var signature = new NetworkSignature { Name = name, Category = category, Severity = severity, Vector = centre, Radius = radius, MitreId = mitreId };
        SignatureChecks.RequireAll([signature]);
        return signature;
    }

    private static float[] CentreOf(IReadOnlyList<float[]> threats)
    {
        var centre = new float[NetworkLayout.Dimension];
        foreach (float[] vector in threats) TensorPrimitives.Add(centre, vector, centre);
        VectorMath.NormalizeInPlace(centre);
        return centre;
    }

    private static (double Radius, double Score) RadiusOf(float[] centre, IReadOnlyList<float[]> threats, IReadOnlyList<float[]> normals)
    {
        List<(double Distance, bool IsThreat)> examples =
        [
            .. threats.Select(vector => (VectorMath.Distance(vector, centre), true)),
            .. normals.Select(vector => (VectorMath.Distance(vector, centre), false)),
        ];
        examples.Sort(static (left, right) => left.Distance.CompareTo(right.Distance));
        int inside = 0;
        double best = -1;
        double radius = 0;
        for (int i = 0; i < examples.Count; i++)
        {
            if (examples[i].IsThreat) inside++;
            bool isTie = i + 1 < examples.Count && examples[i + 1].Distance <= examples[i].Distance;
            double score = Score(inside, i + 1, threats.Count);
            if (isTie || score <= best) continue;
            best = score;
            double far = Margin * examples[i].Distance;
            radius = i + 1 < examples.Count ? Math.Min(far, (examples[i].Distance + examples[i + 1].Distance) / 2) : far;
        }

        return (Math.Clamp(radius, 1e-6, 2), best);
    }

    private static double Score(int inside, int all, int threats)
    {
        double precision = (double)inside / all;
        double recall = (double)inside / threats;
        double weight = PrecisionWeight * PrecisionWeight;
        return precision + recall == 0 ? 0 : (1 + weight) * precision * recall / ((weight * precision) + recall);
    }
}
