namespace Ecart.Eval.FraudHandbook.Unsupervised;

/// <summary>What happened at a card or terminal, in order of time, to be counted in windows.</summary>
internal sealed class EntityPast
{
    private readonly List<long> ticks = [];
    private readonly List<double> sums = [0];

    /// <summary>Takes in the next event.</summary>
    public void Add(DateTime at, double value)
    {
        ticks.Add(at.Ticks);
        sums.Add(sums[^1] + value);
    }

    /// <summary>Number and mean of the events in (until − days, until]; mean 0 of none.</summary>
    public (int Count, double Mean) Window(DateTime until, int days)
    {
        int last = After(until.Ticks);
        int first = After(until.AddDays(-days).Ticks);
        int count = last - first;
        return (count, count == 0 ? 0 : (sums[last] - sums[first]) / count);
    }

    private int After(long time)
    {
        int position = ticks.BinarySearch(time);
        if (position < 0) return ~position;
        while (position < ticks.Count && ticks[position] == time) position++;
        return position;
    }
}
