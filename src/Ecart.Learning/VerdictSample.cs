using Ecart.Numerics;

namespace Ecart.Learning;

/// <summary>
/// Labelled feature vectors to learn from: every fraud, and of the ordinary events a random sample of bounded size, each weighted by how many it stands for.
/// The same vectors in the same order give the same sample. Not thread-safe.
/// </summary>
/// <remarks>J. S. Vitter, Random sampling with a reservoir, ACM TOMS 11(1), 1985.</remarks>
public sealed class VerdictSample
{
    private readonly int mostOrdinary;
    private readonly SeededRandom random;
    private readonly List<float[]> frauds = [];
    private readonly List<float[]> ordinary = [];

    /// <summary>Makes an empty sample.</summary>
    /// <param name="features">Names of the features, in the order of the vectors.</param>
    /// <param name="mostOrdinary">Ordinary events kept at most, 1 and more.</param>
    /// <param name="seed">Chooses them.</param>
    public VerdictSample(IReadOnlyList<string> features, int mostOrdinary = 60_000, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostOrdinary);
        Features = features;
        this.mostOrdinary = mostOrdinary;
        random = new SeededRandom(seed);
    }

    /// <summary>Names of the features.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>Frauds taken in.</summary>
    public int Frauds => frauds.Count;

    /// <summary>Ordinary events taken in, those included that are not kept.</summary>
    public long Ordinary { get; private set; }

    /// <summary>Takes a row in.</summary>
    /// <param name="vector">Finite values; copied if it is kept.</param>
    /// <param name="isFraud">Its label.</param>
    public void Add(ReadOnlySpan<float> vector, bool isFraud)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, Features.Count, nameof(vector));
        if (isFraud)
        {
            frauds.Add(vector.ToArray());
            return;
        }

        Ordinary++;
        if (ordinary.Count < mostOrdinary)
        {
            ordinary.Add(vector.ToArray());
            return;
        }

        var place = (long)(random.NextDouble() * Ordinary);
        if (place < mostOrdinary) vector.CopyTo(ordinary[(int)place]);
    }

    internal WeightedRow[] Rows()
    {
        var weight = (float)((double)Ordinary / Math.Max(1, ordinary.Count));
        return
        [
            .. frauds.Select(vector => new WeightedRow { Features = vector, IsFraud = true, Weight = 1 }),
            .. ordinary.Select(vector => new WeightedRow { Features = vector, IsFraud = false, Weight = weight }),
        ];
    }
}
