using CsCheck;
using Ecart.Numerics;
using Ecart.Profiles;
using Ecart.Vectors;
using Xunit;
using static Ecart.Tests.Profiles.ProfileWindowCase;

namespace Ecart.Tests.Profiles;

public sealed class ProfileWindowTests
{
    private static readonly ProfileOptions Options = new();

    public static TheoryData<int> Dimensions => [1, 7, 128, 384];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Summarize_EventsInAnyOrder_EqualsPlainSums(int dimension) => Gen.Select(Gen.Int[1, 60], Gen.ULong[0, 1000]).Sample((count, seed) =>
    {
        var random = new SeededRandom(seed);
        Observation[] observations = [.. Enumerable.Range(0, count).Select(i => At(random.Between(0, 9.99), dimension, seed + (ulong)i))];
        var window = Filled(dimension, observations);

        var centroid = new float[dimension];
        var summary = window.Summarize(FirstDay + 10, centroid);

        Assert.Equal(count, summary.Count);
        Assert.Equal(observations.Average(o => o.Measures[0]), summary.Measures[0].Mean, 1e-9);
        Assert.Equal(observations.Max(o => o.Measures[1]), summary.Measures[1].Maximum);
        for (var hour = 0; hour < 24; hour++) Assert.Equal(observations.Count(o => o.LocalHour == hour), summary.Hours[hour]);
        Assert.Equal(observations.Max(o => o.Day) - observations.Min(o => o.Day) + 1, summary.DaysObserved);
        var sum = new float[dimension];
        foreach (var observation in observations)
            for (var i = 0; i < dimension; i++) sum[i] += observation.Vector[i];
        VectorMath.NormalizeInPlace(sum);
        Assert.Equal(0, VectorMath.Distance(sum, centroid), 1e-5);
    }, seed: "0000KOIbCd64", iter: 30);

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Summarize_Empty_HasNoOpinion(int dimension)
    {
        var centroid = Enumerable.Repeat(1f, dimension).ToArray();
        var summary = Filled(dimension, []).Summarize(FirstDay, centroid);

        Assert.Equal((0, 0, double.NaN), (summary.Count, summary.DaysObserved, summary.DistanceMean));
        Assert.All(centroid, element => Assert.Equal(0, element));
    }

    [Theory]
    [InlineData(7, 20)]
    [InlineData(128, 60)]
    [InlineData(384, 200)]
    public void Summarize_SteadyHabit_DistanceMeanEqualsBruteForceLeaveOneOut(int dimension, int count)
    {
        var window = new ProfileWindow(dimension, 2, Options);
        var vectors = new List<float[]>();
        var centroid = new float[dimension];
        for (var i = 0; i < count; i++)
        {
            var observation = At(i * 9.0 / count, dimension, (ulong)i);
            var before = window.Summarize(observation.Day, centroid);
            var learned = before.Count == 0
                ? double.NaN
                : VectorMath.Distance(observation.Vector, centroid) * Math.Sqrt(before.Count / (before.Count + 1.0));
            (observation with { Distance = learned }).AddTo(window);
            vectors.Add(observation.Vector);
        }

        var summary = window.Summarize(FirstDay + 9, centroid);

        var (mean, deviation) = LeaveOneOut(vectors);
        Assert.Equal(1, summary.DistanceMean / mean, 0.04);
        Assert.Equal(1, summary.DistanceDeviation / deviation, 0.35);
    }

    [Fact]
    public void Summarize_AsTimePasses_ForgetsWholeBlocksAndAtLastEverything()
    {
        var window = Filled(7, [.. Enumerable.Range(0, 30).Select(day => At(day, 7, (ulong)day))]);
        var centroid = new float[7];

        int[] counts = [.. Enumerable.Range(29, 45).Select(day => window.Summarize(FirstDay + day, centroid).Count)];

        Assert.Equal(30, counts[0]);
        Assert.All(counts.Zip(counts.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
        Assert.Equal(0, counts[^1]);
        for (var day = 29; day < 74; day++)
        {
            var lastThirtyDays = Enumerable.Range(0, 30).Count(eventDay => eventDay > day - 30);
            Assert.InRange(counts[day - 29], lastThirtyDays, lastThirtyDays + 10);
        }
    }

    [Fact]
    public void Summarize_FromADayBefore_SeesNoBlockThatBeginsLater()
    {
        var window = Filled(7, [At(1, 7, 1), At(2, 7, 2), At(25, 7, 3)]);

        var summary = window.Summarize(FirstDay + 3, new float[7]);

        Assert.Equal((2, 3), (summary.Count, summary.DaysObserved));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(30)]
    public void Add_BusyEntity_KeepsAtMostTheNewestObservations(int most)
    {
        var window = new ProfileWindow(7, 2, Options with { MaximumObservations = most });
        for (var i = 0; i < 20 * most; i++) At(i / 4000.0, 7, (ulong)i).AddTo(window);

        var summary = window.Summarize(FirstDay + 5, new float[7]);

        Assert.InRange(summary.Count, most, (most / 3 * 4) + 4);
        Assert.True(window.BlockCount <= 4);
    }

    [Fact]
    public void Remove_AnyEventsAddedInAnyOrder_UndoesAdd() => Gen.Select(Gen.Int[1, 80], Gen.ULong[0, 1000], Gen.Int[30, 120]).Sample((count, seed, most) =>
    {
        var random = new SeededRandom(seed);
        Observation[] kept = [.. Enumerable.Range(0, count).Select(i => At(random.Between(0, 45), 7, (ulong)i))];
        Observation[] fraud = [.. Enumerable.Range(0, count / 2).Select(i => At(random.Between(0, 45), 7, 1000 + (ulong)i, habit: 2) with { Distance = 0.5 })];
        var window = new ProfileWindow(7, 2, Options with { MaximumObservations = most });
        var order = kept.Concat(fraud).OrderBy(o => o.Ticks + random.Between(0, TimeSpan.TicksPerDay)).ToArray();
        foreach (var observation in order) observation.AddTo(window);
        foreach (var observation in fraud) observation.RemoveFrom(window);

        for (var day = 45; day < 90; day += 3)
        {
            var centroid = new float[7];
            var summary = window.Summarize(FirstDay + day, centroid);
            var remembered = kept.Where(o => o.Ticks > window.ForgottenUntil).Select(o => o.Measures[0]).ToArray();
            Assert.Equal(0, summary.Distance.Count);
            Assert.InRange(summary.Count, 0, remembered.Length);
            if (summary.Count == remembered.Length && summary.Count > 0) Assert.Equal(remembered.Average(), summary.Measures[0].Mean, 1e-6);
            if (summary.Count > 0) Assert.InRange(summary.Measures[0].Mean, 1, 100);
        }
    }, seed: "0000KOIbCd64", iter: 200);

    [Fact]
    public void Remove_LateEvent_LeavesTheBlockItIsIn()
    {
        Observation[] genuine = [.. Enumerable.Range(0, 20).Select(day => At(day, 7, (ulong)day))];
        var late = At(8.5, 7, 99, habit: 2);
        var window = Filled(7, [.. genuine, late]);
        var untouched = Filled(7, genuine);

        Assert.True(late.RemoveFrom(window));

        foreach (var day in new[] { 20, 30, 41 })
        {
            var (centroid, expected) = (new float[7], new float[7]);
            Assert.Equal(untouched.Summarize(FirstDay + day, expected).Count, window.Summarize(FirstDay + day, centroid).Count);
            Assert.Equal(0, VectorMath.Distance(centroid, expected), 1e-5);
        }
    }

    [Fact]
    public void Remove_EverythingAdded_LeavesNoDirection()
    {
        Observation[] observations = [.. Enumerable.Range(0, 20).Select(i => At(i / 10.0, 128, (ulong)i))];
        var window = Filled(128, observations);
        foreach (var observation in observations) Assert.True(observation.RemoveFrom(window));

        var centroid = new float[128];
        Assert.Equal(0, window.Summarize(FirstDay + 2, centroid).Count);
        Assert.All(centroid, element => Assert.Equal(0, element));
        Assert.False(observations[0].RemoveFrom(window));
    }

    [Fact]
    public void Remove_EventOfAForgottenTime_IsRefused()
    {
        var window = Filled(7, [.. Enumerable.Range(0, 60).Select(day => At(day, 7, (ulong)day))]);
        var before = Bytes(window);

        Assert.False(At(2, 7, 2).RemoveFrom(window));
        Assert.False(At(2, 7, 2).AddTo(window));

        Assert.Equal(before, Bytes(window));
    }

    [Fact]
    public void Add_NothingButFlaggedEventsAfterAShift_ProfileEmptiesSoTheNewHabitIsLearned()
    {
        var window = Filled(128, [.. Enumerable.Range(0, 40).Select(i => At(i / 4.0, 128, (ulong)i))]);
        var centroid = new float[128];
        var newHabit = At(70, 128, 5, habit: 2);
        Assert.True(window.Summarize(FirstDay + 10, centroid).Count >= Options.MinimumObservations);

        Assert.Equal(0, window.Summarize(newHabit.Day, centroid).Count);
        for (var i = 0; i < 12; i++) At(70 + (i / 4.0), 128, (ulong)i, habit: 2).AddTo(window);

        Assert.Equal(12, window.Summarize(FirstDay + 73, centroid).Count);
        Assert.True(VectorMath.Distance(centroid, newHabit.Vector) < 0.5);
    }

    [Fact]
    public void Codec_AnyWindow_IsRestoredExactlyAndGoesOnTheSame() => Gen.Select(Gen.Int[0, 60], Gen.ULong[0, 1000]).Sample((count, seed) =>
    {
        var random = new SeededRandom(seed);
        Observation[] observations = [.. Enumerable.Range(0, count + 10).Select(i => At(random.Between(0, 60), 7, (ulong)i) with { Distance = random.NextDouble() })];
        var options = Options with { MaximumObservations = 24 };
        var window = new ProfileWindow(7, 2, options);
        foreach (var observation in observations[..count]) observation.AddTo(window);
        var restored = new ProfileWindow(7, 2, options);
        var bytes = Bytes(window);
        var reader = new StateReader(bytes);

        ProfileWindowCodec.Read(restored, ref reader);

        reader.RequireEnd();
        Assert.Equal(bytes, Bytes(restored));
        foreach (var observation in observations[count..]) Assert.Equal(observation.AddTo(window), observation.AddTo(restored));
        foreach (var observation in observations[..count]) Assert.Equal(observation.RemoveFrom(window), observation.RemoveFrom(restored));
        Assert.Equal(Bytes(window), Bytes(restored));
    }, seed: "0000KOIbCd64", iter: 300);

    private static ProfileWindow Filled(int dimension, Observation[] observations)
    {
        var window = new ProfileWindow(dimension, 2, Options);
        foreach (var observation in observations) observation.AddTo(window);
        return window;
    }

    private static (double Mean, double Deviation) LeaveOneOut(List<float[]> vectors)
    {
        var distances = Moments.Empty;
        foreach (var vector in vectors)
        {
            var centroid = new float[vector.Length];
            foreach (var other in vectors)
                for (var i = 0; !ReferenceEquals(other, vector) && i < vector.Length; i++) centroid[i] += other[i];
            VectorMath.NormalizeInPlace(centroid);
            distances.Add(VectorMath.Distance(vector, centroid));
        }

        return (distances.Mean, distances.SampleDeviation);
    }
}
