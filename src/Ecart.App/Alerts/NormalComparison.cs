using Ecart.MariaDb.Alerts;
using Ecart.Vectors;

namespace Ecart.App.Alerts;

/// <summary>An event beside the normal events of its entity: which are nearest, and by which features it is far from all of them.</summary>
/// <param name="stored">The event.</param>
/// <param name="names">Names of the layout's floats; empty: nothing is said of features.</param>
internal sealed class NormalComparison(StoredEvent stored, IReadOnlyList<string> names)
{
    private const int ShownFeatures = 8;
    private const int ShownDifferences = 3;
    private const double LeastShare = 0.01;

    /// <summary>The nearest, exactly, with their distances.</summary>
    public IEnumerable<(NormalEvent Event, double Distance)> Nearest(IReadOnlyList<NormalEvent> normal, int most) =>
        normal.Select(near => (Event: near, Distance: VectorMath.Distance(near.Embedding, stored.Embedding))).OrderBy(pair => pair.Distance).Take(most);

    /// <summary>Features by which the event is far from the mean of normal ones. Buckets and choices of one field count together.</summary>
    public IReadOnlyList<FeatureShare> Features(IReadOnlyList<NormalEvent> normal)
    {
        var mean = new double[stored.Layout.Length];
        foreach (NormalEvent one in normal)
            for (int i = 0; i < mean.Length && i < one.Layout.Length; i++) mean[i] += one.Layout[i] / (double)normal.Count;
        return [.. Shares(i => stored.Layout[i] - mean[i]).Where(feature => feature.Share >= LeastShare).Take(ShownFeatures)];
    }

    /// <summary>Features by which the event differs most from another.</summary>
    public IReadOnlyList<string> Differences(NormalEvent other) =>
        [.. Shares(i => i < other.Layout.Length ? stored.Layout[i] - other.Layout[i] : stored.Layout[i]).Where(feature => feature.Share >= LeastShare).Take(ShownDifferences).Select(feature => feature.Name)];

    private IEnumerable<FeatureShare> Shares(Func<int, double> difference)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        double all = 0;
        for (int i = 0; i < stored.Layout.Length && i < names.Count; i++)
        {
            double part = difference(i) * difference(i);
            string field = FieldOf(names[i]);
            sums[field] = sums.GetValueOrDefault(field) + part;
            all += part;
        }

        return all > 0 ? sums.Select(sum => new FeatureShare(sum.Key, sum.Value / all)).OrderByDescending(feature => feature.Share) : [];
    }

    private static string FieldOf(string name)
    {
        int end = name.AsSpan().IndexOfAny('#', '=');
        string field = end < 0 ? name : name[..end];
        foreach (string half in (string[])["_sin", "_cos"])
            if (field.EndsWith(half, StringComparison.Ordinal)) return field[..^half.Length];
        foreach (string axis in (string[])["_x", "_y", "_z"])
            if (field.EndsWith(axis, StringComparison.Ordinal)) return field[..^axis.Length];
        return field;
    }
}
