using Ecart.Numerics;
using Ecart.TestKit;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class PooledCalibrationTests
{
    private const double Rate = 0.01;

    [Fact]
    public void TailProbability_AnyNumberOfOwnScores_KeepsRateOfFalseAlarms()
    {
        var population = new Population(1);
        PooledCalibration pool = population.Learn(600, 40);
        var alarms = new int[31];
        const int Fresh = 4_000;
        for (int i = 0; i < Fresh; i++)
        {
            (double level, double spread) = population.DrawEntity();
            var known = new EntityScores();
            for (int n = 0; n <= 30; n++)
            {
                double score = population.DrawScore(level, spread);
                if (pool.TailProbability(known, score) <= Rate) alarms[n]++;
                known = known.With(score);
            }
        }

        // From the very first event on; what is left is what 600 entities leave open of a one-in-a-hundred quantile.
        foreach (int count in new[] { 0, 1, 2, 5, 10, 30 }) Assert.InRange(alarms[count] / (double)Fresh, 0.003, 0.02);
    }

    [Fact]
    public void TailProbability_MoreOwnScores_SeesWhatIsUnusualForItsOwner()
    {
        var population = new Population(2);
        PooledCalibration pool = population.Learn(200, 40);
        // An entity at the low end: what is ordinary for others is not for it.
        const double Level = -2;
        var known = new EntityScores();
        double first = pool.TailProbability(known, 1.5);
        for (int i = 0; i < 50; i++) known = known.With(population.DrawScore(Level, 0.5));
        Assert.True(first > 0.05);
        Assert.True(pool.TailProbability(known, 1.5) < 2e-3);
    }

    [Fact]
    public void TailProbability_ManyOwnScores_IsAsOwnCalibrationWouldSay()
    {
        var population = new Population(3);
        PooledCalibration pool = population.Learn(100, 50);
        double[] own = [.. Enumerable.Range(0, 5_000).Select(_ => population.DrawScore(1, 0.7))];
        ICalibration entity = pool.For(EntityScores.Of(own));
        double alone = new QuantileCalibration(own).Threshold(Rate);
        Assert.InRange(entity.Threshold(Rate) - alone, -0.5, 0.5);
        Assert.Equal(Rate, entity.TailProbability(entity.Threshold(Rate)), 1e-6);
    }

    [Fact]
    public void Confidence_MoreOwnScores_GoesFromZeroToOne()
    {
        PooledCalibration pool = new Population(4).Learn(50, 20);
        var known = new EntityScores();
        double previous = -1;
        for (int i = 0; i < 200; i++)
        {
            double confidence = pool.Confidence(known);
            Assert.True(confidence > previous);
            previous = confidence;
            known = known.With(1);
        }

        Assert.Equal(0, pool.Confidence(default));
        Assert.True(previous > 0.95);
    }

    [Fact]
    public void PriorWeight_EntitiesAllAlike_IsLargeAndSmallWhenTheyDiffer()
    {
        Assert.True(new Population(5) { Between = 0 }.Learn(100, 20).PriorWeight > 30);
        Assert.True(new Population(5) { Between = 10 }.Learn(100, 20).PriorWeight < 0.2);
    }

    [Fact]
    public void Make_OddPopulations_AreDefined()
    {
        double[] constant = [.. Enumerable.Repeat(3.0, 20)];
        foreach (ReadOnlyMemory<double>[] entities in new ReadOnlyMemory<double>[][]
                 {
                     [constant],
                     [constant, constant],
                     [.. Enumerable.Range(0, 20).Select(i => (ReadOnlyMemory<double>)new[] { (double)i })],
                     [Array.Empty<double>(), new[] { 1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10 }],
                     [.. Enumerable.Range(0, 20).Select(i => (ReadOnlyMemory<double>)new[] { i * 1e12, i * 1e12 })],
                 })
        {
            var pool = new PooledCalibration(entities);
            foreach (double score in new[] { -1e15, 0, 3, 1e15 })
            {
                Assert.InRange(pool.TailProbability(default, score), double.Epsilon, 1);
                Assert.InRange(pool.TailProbability(EntityScores.Of([1, 1, 1]), score), double.Epsilon, 1);
            }
        }
    }

    [Fact]
    public void Make_TooFewScores_IsRefused() =>
        Assert.Contains("3 scores", Assert.Throws<ArgumentException>(() => new PooledCalibration([new[] { 1.0, 2, 3 }])).Message, StringComparison.Ordinal);

    [Fact]
    public void TailProbability_Always_AllocatesNothing()
    {
        PooledCalibration pool = new Population(6).Learn(20, 20);
        EntityScores known = EntityScores.Of([1, 2, 3]);
        pool.TailProbability(known, 1);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++) pool.TailProbability(known, i);
        }));
    }

    /// <summary>Entities whose levels and spreads differ; scores are skewed, as distances are.</summary>
    private sealed class Population(ulong seed)
    {
        private readonly SeededRandom random = new(seed);

        public double Between { get; init; } = 1.5;

        public (double Level, double Spread) DrawEntity() => (Between * random.NextNormal(), random.NextLogNormal(0.6, 0.3));

        public double DrawScore(double level, double spread) => level + (spread * (random.NextLogNormal(1, 0.4) - 1) / 0.43);

        public PooledCalibration Learn(int entities, int most)
        {
            var scores = new ReadOnlyMemory<double>[entities];
            for (int i = 0; i < entities; i++)
            {
                (double level, double spread) = DrawEntity();
                scores[i] = Enumerable.Range(0, random.Next(1, most)).Select(_ => DrawScore(level, spread)).ToArray();
            }

            return new PooledCalibration(scores);
        }
    }
}
