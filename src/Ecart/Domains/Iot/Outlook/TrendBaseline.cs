namespace Ecart.Domains.Iot.Outlook;

/// <summary>What the hourly distances of a healthy signal are. Immutable.</summary>
/// <param name="Level">Their median.</param>
/// <param name="Autocorrelation">Of one hour's deviation with the next one's, corrected for its bias in a short record; 0 to 0.95.</param>
/// <param name="Effects">What each hour of the day (UTC, 0 to 23) adds to the level; 24 values.</param>
public sealed record TrendBaseline(double Level, double Autocorrelation, IReadOnlyList<double> Effects)
{
    /// <summary>Hours of a day.</summary>
    public const int HoursOfDay = 24;

    /// <summary>More than this cannot be told from a drift.</summary>
    internal const double MostAutocorrelation = 0.95;

    /// <summary>The distance of an hour beyond the baseline, without the hour of day's share.</summary>
    internal double Excess(int hour, double distance) => distance - Level - Effects[hour % HoursOfDay];

    /// <summary>Learns it from hours.</summary>
    internal static TrendBaseline Learn(ReadOnlySpan<int> hours, ReadOnlySpan<float> distances)
    {
        var scratch = new double[hours.Length];
        for (int i = 0; i < scratch.Length; i++) scratch[i] = distances[i];
        double level = Median.Sort(scratch);
        var effects = new double[HoursOfDay];
        for (int hourOfDay = 0; hourOfDay < HoursOfDay; hourOfDay++)
        {
            int count = 0;
            for (int i = 0; i < hours.Length; i++)
                if (hours[i] % HoursOfDay == hourOfDay) scratch[count++] = distances[i];
            // One value tells nothing of what the hour is on other days.
            if (count > 1) effects[hourOfDay] = Median.Sort(scratch.AsSpan(0, count)) - level;
        }

        var baseline = new TrendBaseline(level, 0, effects);
        for (int i = 0; i < scratch.Length; i++) scratch[i] = baseline.Excess(hours[i], distances[i]);
        return baseline with { Autocorrelation = AutocorrelationOf(hours, scratch) };
    }

    /// <summary>
    /// First autocorrelation of deviations around 0, with what a short record hides added back (M. G. Kendall, Biometrika 41, 1954, for a record with a fitted
    /// line). Only hours that follow each other count.
    /// </summary>
    internal static double AutocorrelationOf(ReadOnlySpan<int> hours, ReadOnlySpan<double> deviations)
    {
        double products = 0;
        double squares = 0;
        for (int i = 0; i < hours.Length; i++)
        {
            squares += deviations[i] * deviations[i];
            if (i > 0 && hours[i] == hours[i - 1] + 1) products += deviations[i] * deviations[i - 1];
        }

        int n = hours.Length;
        if (squares <= 0 || n < 8) return 0;
        return Math.Clamp(((products / squares * n) + 2) / (n - 4), 0, MostAutocorrelation);
    }
}
