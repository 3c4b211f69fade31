using CsCheck;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class EventTimeWindowTests
{
    private static readonly TimeSpan Span = TimeSpan.FromTicks(100);
    private static readonly Gen<(long Ticks, double Amount)[]> Events = Gen.Select(Gen.Long[1, 300], Gen.Int[1, 50].Select(amount => (double)amount)).Array[0, 60];

    [Fact]
    public void Sum_LateEventsAmongThem_EqualsNaiveWindow() => Gen.Select(Events, Gen.Long[0, 300], Gen.Long[0, 99]).Sample((events, to, length) =>
    {
        var window = Filled(events, 256);
        var newest = events.Length == 0 ? 0 : events.Max(e => e.Ticks);
        var expected = events.Where(e => e.Ticks > to - length && e.Ticks <= to && e.Ticks > newest - Span.Ticks).ToArray();

        Assert.Equal((expected.Length, expected.Sum(e => e.Amount)), window.Sum(to - length, to));
    }, seed: "0000KOIbCd64", iter: 2000);

    [Fact]
    public void Add_MoreThanItsCapacity_KeepsTheNewestInOrderWhateverOrderTheyCameIn() => Gen.Select(Events, Gen.Int[1, 12]).Sample((events, capacity) =>
    {
        var newest = events.Length == 0 ? 0 : events.Max(e => e.Ticks);
        var expected = events.Select(e => e.Ticks).Where(ticks => ticks > newest - Span.Ticks).Order().TakeLast(capacity);

        Assert.Equal(expected, Filled(events, capacity).Entries.ToArray().Select(entry => entry.Ticks));
    }, seed: "0000KOIbCd64", iter: 2000);

    [Fact]
    public void TryFindNewest_AnyTime_FindsTheLastAtOrBefore() => Gen.Select(Events, Gen.Long[0, 300]).Sample((events, to) =>
    {
        var window = Filled(events, 256);
        var expected = window.Entries.ToArray().Where(entry => entry.Ticks <= to).Select(entry => entry.Ticks).DefaultIfEmpty(0).Max();

        Assert.Equal(expected > 0, window.TryFindNewest(to, out var found));
        Assert.Equal(expected, found);
    }, seed: "0000KOIbCd64", iter: 1000);

    private static EventTimeWindow Filled((long Ticks, double Amount)[] events, int capacity)
    {
        var window = new EventTimeWindow(Span, capacity);
        foreach (var (ticks, amount) in events) window.Add(ticks, amount);
        return window;
    }
}
