namespace Ecart.Learning;

/// <summary>Values as models that learn from verdicts take them: finite and of bounded size.</summary>
internal static class FeatureValue
{
    /// <summary>Ratios and deviations are cut here: what lies beyond is out of the ordinary whatever it is.</summary>
    public const double Most = 1000;

    private const double LeastTail = 1e-9;

    /// <summary>A deviation in both directions; 0 where nothing is known of it.</summary>
    public static float Deviation(double value) => double.IsNaN(value) ? 0 : (float)Math.Clamp(value, -Most, Most);

    /// <summary>Decades of rarity, 0 to 9.</summary>
    public static float Tail(double probability) => (float)-Math.Log10(Math.Max(probability, LeastTail));

    /// <summary>ln(1 + value); <paramref name="unknown"/> where it is NaN.</summary>
    public static float Log(double value, float unknown = 0) => double.IsNaN(value) ? unknown : (float)Math.Log(1 + Math.Max(0, value));
}
