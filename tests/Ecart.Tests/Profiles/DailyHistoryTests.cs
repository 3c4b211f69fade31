using CsCheck;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class DailyHistoryTests
{
    private const int KeepDays = 10;
    private static readonly Gen<(int Day, int Events, int Frauds)[]> Entries =
        Gen.Select(Gen.Int[100, 130], Gen.Int[0, 5], Gen.Int[0, 5]).Array[0, 50];

    [Fact]
    public void Sum_EntriesInAnyOrder_EqualsNaiveSum() => Gen.Select(Entries, Gen.Int[95, 135], Gen.Int[0, 20]).Sample((entries, to, length) =>
    {
        var newest = entries.Length == 0 ? 0 : entries.Max(entry => entry.Day);
        var expected = entries.Where(entry => entry.Day > newest - KeepDays && entry.Day > to - length && entry.Day <= to).ToArray();

        Assert.Equal((expected.Sum(entry => entry.Events), expected.Sum(entry => entry.Frauds)), Filled(entries).Sum(to - length, to));
    }, seed: "0000KOIbCd64", iter: 2000);

    [Fact]
    public void Add_AnyOrder_GivesTheSameDays() => Gen.Select(Entries, Gen.Int).Sample((entries, seed) =>
    {
        var expected = Days(Filled(entries));
        new Random(seed).Shuffle(entries);

        Assert.Equal(expected, Days(Filled(entries)));
    }, seed: "0000KOIbCd64", iter: 1000);

    [Fact]
    public void Add_FraudTakenBack_NeverFallsBelowZero()
    {
        var history = Filled([(100, 3, 1), (100, 0, -1), (100, 0, -1)]);

        Assert.Equal((3, 0), history.Sum(0, 200));
    }

    [Fact]
    public void Include_WhatWasStored_IsTheSame() => Entries.Sample(entries =>
    {
        var history = Filled(entries);
        var restored = new DailyHistory(KeepDays);
        restored.Include(history.Days);

        Assert.Equal(Days(history), Days(restored));
    }, seed: "0000KOIbCd64", iter: 500);

    /// <summary>A label may be taken back in another part than the one that counted it: only the sum is a count.</summary>
    [Fact]
    public void Sum_PartsOfOneHistory_EqualsTheUndivided() => Gen.Select(Entries, Gen.Int).Sample((entries, seed) =>
    {
        entries = [.. entries.Where(entry => entry.Day > 120), (130, 2, 2), (130, 0, -1)];
        var random = new Random(seed);
        var parts = entries.ToLookup(_ => random.Next(2));
        var (first, second) = (Filled([.. parts[0]]), Filled([.. parts[1]]));
        var sum = new DailyHistory(KeepDays);
        sum.Sum(first, second);

        Assert.Equal(Days(Filled(entries)), Days(sum));
        Assert.Equal(Filled(entries).Sum(110, 130), first.Sum(110, 130, second));
    }, seed: "0000KOIbCd64", iter: 1000);

    [Fact]
    public void IsDirty_CleanAndChangedAgain_IsTrue()
    {
        var history = Filled([(100, 1, 0), (101, 1, 0), (102, 1, 0)]);
        history.MarkClean();
        Assert.False(history.IsDirty);

        history.Add(101, 0, 1);

        Assert.True(history.IsDirty);
    }

    [Fact]
    public void ForgetUntil_ADay_KeepsOnlyLaterOnes() => Gen.Select(Entries, Gen.Int[95, 135]).Sample((entries, last) =>
    {
        var history = Filled(entries);
        var expected = Days(history).Where(day => day.Day > last).ToArray();

        history.ForgetUntil(last);

        Assert.Equal(expected, Days(history));
    }, seed: "0000KOIbCd64", iter: 500);

    private static DailyHistory Filled((int Day, int Events, int Frauds)[] entries)
    {
        var history = new DailyHistory(KeepDays);
        foreach (var (day, events, frauds) in entries) history.Add(day, events, frauds);
        return history;
    }

    private static (int Day, int Events, int Frauds)[] Days(DailyHistory history) =>
        [.. history.Days.ToArray().Select(day => (day.Day, day.Events, day.Frauds))];
}
