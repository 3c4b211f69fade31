using Ecart.Vectors;

namespace Ecart.Detection;

/// <summary>
/// Finds the signature that an event matches without measuring its distance to each: a few of them serve as pivots, and by the triangle inequality a signature
/// whose distance to a pivot differs from the event's by more than its radius cannot contain the event. Exact. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// L. Micó, J. Oncina, E. Vidal, A new version of the nearest-neighbour approximating and eliminating search algorithm (AESA) with linear preprocessing time and
/// memory requirements, Pattern Recognition Letters 15(1), 1994.
/// </remarks>
internal sealed class SignatureIndex
{
    private const int MostPivots = 8;

    /// <summary>Share of a distance by which rounding may be off; far more than it is.</summary>
    private const double Rounding = 1e-4;

    private readonly Dictionary<int, Part> parts;

    /// <param name="signatures">The signatures, of any versions.</param>
    public SignatureIndex(IReadOnlyList<ThreatSignature> signatures)
    {
        Source = signatures;
        parts = signatures.Select((signature, position) => (signature, position))
            .GroupBy(static one => one.signature.EmbeddingVersion)
            .ToDictionary(static group => group.Key, static group => new Part([.. group]));
    }

    /// <summary>What it was made of.</summary>
    public IReadOnlyList<ThreatSignature> Source { get; }

    /// <inheritdoc cref="SignatureMatch.Find"/>
    public SignatureMatch? Find(ReadOnlySpan<float> embedding, int version) => parts.TryGetValue(version, out Part? part) ? part.Find(embedding) : null;

    /// <summary>The signatures of one version, in the order of their distance to the first pivot.</summary>
    private sealed class Part
    {
        private readonly (ThreatSignature Signature, int Position)[] signatures;
        private readonly float[][] pivots;
        private readonly double[] first;
        private readonly double[] others;
        private readonly double widest;

        public Part((ThreatSignature Signature, int Position)[] signatures)
        {
            int length = signatures.Max(static one => one.Signature.Vector.Length);
            var rows = new Matrix(signatures.Length, length);
            for (int i = 0; i < signatures.Length; i++) signatures[i].Signature.Vector.CopyTo(rows.Row(i));
            int[] chosen = Spread(rows, Math.Min(MostPivots, signatures.Length));
            pivots = [.. chosen.Select(row => rows.Row(row).ToArray())];
            double[] keys = [.. Enumerable.Range(0, signatures.Length).Select(i => VectorMath.Distance(rows.Row(i), pivots[0]))];
            int[] order = [.. Enumerable.Range(0, signatures.Length).OrderBy(i => keys[i])];
            this.signatures = [.. order.Select(i => signatures[i])];
            first = [.. order.Select(i => keys[i])];
            others = [.. order.SelectMany(i => pivots.Skip(1).Select(pivot => VectorMath.Distance(rows.Row(i), pivot)))];
            widest = signatures.Max(static one => one.Signature.Radius);
        }

        public SignatureMatch? Find(ReadOnlySpan<float> embedding)
        {
            Span<double> distances = stackalloc double[MostPivots];
            double slack = 0;
            for (int pivot = 0; pivot < pivots.Length; pivot++)
            {
                distances[pivot] = VectorMath.DistancePadded(embedding, pivots[pivot]);
                slack = Math.Max(slack, Rounding * (1 + distances[pivot]));
            }

            double reach = widest + slack;
            int from = first.AsSpan().BinarySearch(distances[0] - reach);
            if (from < 0) from = ~from;
            while (from > 0 && first[from - 1] >= distances[0] - reach) from--;
            SignatureMatch? best = null;
            int position = -1;
            for (int i = from; i < signatures.Length && first[i] <= distances[0] + reach; i++)
            {
                if (!MayContain(i, distances, signatures[i].Signature.Radius + slack)) continue;
                if (SignatureMatch.Measure(signatures[i].Signature, embedding) is not { } match) continue;
                if (best is { } leader && !match.Beats(leader) && (leader.Beats(match) || signatures[i].Position > position)) continue;
                best = match;
                position = signatures[i].Position;
            }

            return best;
        }

        private bool MayContain(int row, ReadOnlySpan<double> distances, double reach)
        {
            if (Math.Abs(first[row] - distances[0]) > reach) return false;
            int further = pivots.Length - 1;
            for (int pivot = 0; pivot < further; pivot++)
                if (Math.Abs(others[(row * further) + pivot] - distances[pivot + 1]) > reach) return false;
            return true;
        }

        /// <summary>Rows far from each other, each the farthest from those before it.</summary>
        private static int[] Spread(Matrix rows, int count)
        {
            var nearest = new double[rows.Rows];
            nearest.AsSpan().Fill(double.PositiveInfinity);
            var chosen = new int[count];
            for (int i = 1; i < count; i++)
            {
                int farthest = 0;
                for (int row = 0; row < rows.Rows; row++)
                {
                    nearest[row] = Math.Min(nearest[row], VectorMath.Distance(rows.Row(row), rows.Row(chosen[i - 1])));
                    if (nearest[row] > nearest[farthest]) farthest = row;
                }

                chosen[i] = farthest;
            }

            return chosen;
        }
    }
}
