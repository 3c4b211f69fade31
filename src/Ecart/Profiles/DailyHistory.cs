using System.Runtime.InteropServices;
using Ecart.Scoring;

namespace Ecart.Profiles;

/// <summary>
/// Events and confirmed frauds by day at one merchant, device, address or in a whole domain. Counts by day of event time are the same in
/// whatever order they were taken in. Bounded to <paramref name="keepDays"/> days; not thread-safe.
/// </summary>
/// <param name="keepDays">Days kept before the newest.</param>
internal sealed class DailyHistory(int keepDays)
{
    private readonly List<DayCount> days = new(4);

    public bool IsDirty { get; private set; }

    /// <summary>The newest day counted; 0 when there is none.</summary>
    public int NewestDay => days.Count > 0 ? days[^1].Day : 0;

    public ReadOnlySpan<DayCount> Days => CollectionsMarshal.AsSpan(days);

    /// <summary>Sums over the days in (from, to].</summary>
    /// <param name="fromDay">The day before the first.</param>
    /// <param name="toDay">The last day.</param>
    /// <param name="other">What others have counted of the same; null for nothing.</param>
    public (int Events, int Frauds) Sum(int fromDay, int toDay, DailyHistory? other = null)
    {
        int events = 0;
        int frauds = 0;
        AddTo(Days, fromDay, toDay, ref events, ref frauds);
        if (other is not null) AddTo(other.Days, fromDay, toDay, ref events, ref frauds);
        return (events, Math.Max(0, frauds));
    }

    private static void AddTo(ReadOnlySpan<DayCount> all, int fromDay, int toDay, ref int events, ref int frauds)
    {
        for (int i = all.Length - 1; i >= 0 && all[i].Day > fromDay; i--)
        {
            if (all[i].Day > toDay) continue;
            events += all[i].Events;
            frauds += all[i].Frauds;
        }
    }

    /// <summary>
    /// Adds to a day; a day already forgotten is ignored. Frauds may fall below zero: then the label that is taken back was counted in another part, and
    /// the sum is right.
    /// </summary>
    public void Add(int day, int events, int frauds, int evident = 0)
    {
        int position = days.Count;
        while (position > 0 && days[position - 1].Day > day) position--;
        if (position == 0 || days[position - 1].Day != day)
        {
            if (days.Count > 0 && day <= days[^1].Day - keepDays) return;
            days.Insert(position, new DayCount { Day = day });
            position += 1 - Forget();
        }

        ref DayCount count = ref CollectionsMarshal.AsSpan(days)[position - 1];
        count.Events += events;
        count.Frauds += frauds;
        count.Evident += evident;
        IsDirty = true;
    }

    /// <summary>Becomes the sum of two histories.</summary>
    public void Sum(DailyHistory first, DailyHistory second)
    {
        days.Clear();
        ReadOnlySpan<DayCount> left = first.Days;
        ReadOnlySpan<DayCount> right = second.Days;
        while (!left.IsEmpty || !right.IsEmpty)
        {
            int day = Math.Min(left.IsEmpty ? int.MaxValue : left[0].Day, right.IsEmpty ? int.MaxValue : right[0].Day);
            var sum = new DayCount { Day = day };
            Take(ref left, ref sum);
            Take(ref right, ref sum);
            days.Add(sum);
        }
    }

    /// <summary>Adds days counted elsewhere.</summary>
    public void Include(ReadOnlySpan<DayCount> counted)
    {
        foreach (ref readonly DayCount day in counted) Add(day.Day, day.Events, day.Frauds, day.Evident);
    }

    /// <summary>Forgets every day up to and including one.</summary>
    public void ForgetUntil(int day)
    {
        int expired = 0;
        while (expired < days.Count && days[expired].Day <= day) expired++;
        if (expired > 0) days.RemoveRange(0, expired);
    }

    public void MarkClean() => IsDirty = false;

    private static void Take(ref ReadOnlySpan<DayCount> from, ref DayCount sum)
    {
        if (from.IsEmpty || from[0].Day != sum.Day) return;
        sum.Events += from[0].Events;
        sum.Frauds += from[0].Frauds;
        sum.Evident += from[0].Evident;
        from = from[1..];
    }

    private int Forget()
    {
        int expired = 0;
        while (days[expired].Day <= days[^1].Day - keepDays) expired++;
        if (expired > 0) days.RemoveRange(0, expired);
        return expired;
    }
}
