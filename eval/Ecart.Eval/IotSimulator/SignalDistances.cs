namespace Ecart.Eval.IotSimulator;

/// <summary>The distances of a signal, as medians of hours.</summary>
internal sealed class SignalDistances
{
    private readonly List<DateTime> hours = [];
    private readonly List<double> medians = [];
    private readonly List<double> current = [];
    private DateTime hour;

    public void Add(DateTime at, double distance)
    {
        DateTime of = at.Date.AddHours(at.Hour);
        if (of != hour) Close();
        hour = of;
        current.Add(distance);
    }

    /// <summary>The first hour from which the median of the hours around it stayed at or above a distance; null when they did not at the end.</summary>
    public DateTime? CriticalFrom(double distance, int around)
    {
        Close();
        DateTime? from = null;
        for (int i = hours.Count - 1; i >= 0; i--)
        {
            int first = Math.Max(0, i - around);
            double[] near = [.. medians.Skip(first).Take(Math.Min(medians.Count - 1, i + around) - first + 1).Order()];
            if (near[near.Length / 2] < distance) break;
            from = hours[i];
        }

        return from;
    }

    private void Close()
    {
        if (current.Count == 0) return;
        current.Sort();
        hours.Add(hour);
        medians.Add(current[current.Count / 2]);
        current.Clear();
    }
}
