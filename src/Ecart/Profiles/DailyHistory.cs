using System.Runtime.InteropServices;

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

    public ReadOnlySpan<DayCount> Days => CollectionsMarshal.AsSpan(days);

    /// <summary>Sums over the days in (from, to].</summary>
    public (int Events, int Frauds) Sum(int fromDay, int toDay)
    {
        int events = 0;
        int frauds = 0;
        ReadOnlySpan<DayCount> all = Days;
        for (int i = all.Length - 1; i >= 0 && all[i].Day > fromDay; i--)
        {
            if (all[i].Day > toDay) continue;
            events += all[i].Events;
            frauds += all[i].Frauds;
        }

        return (events, frauds);
    }

    /// <summary>Adds to a day; a day already forgotten is ignored.</summary>
    public void Add(int day, int events, int frauds)
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
        count.Frauds = Math.Max(0, count.Frauds + frauds);
        count.IsDirty = true;
        IsDirty = true;
    }

    public void Restore(int day, int events, int frauds)
    {
        Add(day, events, frauds);
        MarkClean();
    }

    public void MarkClean()
    {
        IsDirty = false;
        foreach (ref DayCount count in CollectionsMarshal.AsSpan(days)) count.IsDirty = false;
    }

    private int Forget()
    {
        int expired = 0;
        while (days[expired].Day <= days[^1].Day - keepDays) expired++;
        if (expired > 0) days.RemoveRange(0, expired);
        return expired;
    }

    public struct DayCount
    {
        public int Day;
        public int Events;
        public int Frauds;
        public bool IsDirty;
    }
}
