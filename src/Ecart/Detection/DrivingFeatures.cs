namespace Ecart.Detection;

/// <summary>
/// The names of the features that drove a score, as one text. Texts are kept and given again, so that naming the same features allocates nothing. Not
/// thread-safe.
/// </summary>
public sealed class DrivingFeatures(IReadOnlyList<string> names)
{
    /// <summary>Features named.</summary>
    public const int Named = 3;

    /// <summary>A feature that drove less than this share of what the first did is not named.</summary>
    private const double LeastShare = 0.1;
    private const int MostTexts = 4096;
    private readonly Dictionary<(int First, int Second, int Third), string> texts = [];

    /// <summary>Names up to three features, the strongest first.</summary>
    /// <param name="contributions">What each drove, 0 and more.</param>
    /// <returns>For example <c>amount_deviation, country#6</c>; empty when nothing drove it.</returns>
    public string Name(ReadOnlySpan<double> contributions)
    {
        Span<int> top = [-1, -1, -1];
        for (int i = 0; i < contributions.Length; i++)
        {
            if (!(contributions[i] > 0)) continue;
            int place = Named;
            while (place > 0 && (top[place - 1] < 0 || contributions[i] > contributions[top[place - 1]])) place--;
            if (place == Named) continue;
            for (int k = Named - 1; k > place; k--) top[k] = top[k - 1];
            top[place] = i;
        }

        for (int k = 1; k < Named; k++)
            if (top[k] >= 0 && contributions[top[k]] < LeastShare * contributions[top[0]]) top[k] = -1;
        return TextOf((top[0], top[1], top[2]));
    }

    private string TextOf((int First, int Second, int Third) key)
    {
        if (texts.TryGetValue(key, out string? known)) return known;
        string text = string.Join(", ", new[] { key.First, key.Second, key.Third }.Where(i => i >= 0).Select(i => names[i]));
        if (texts.Count < MostTexts) texts.Add(key, text);
        return text;
    }
}
