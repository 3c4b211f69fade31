using Ecart.Detection.Sequences;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Detection.Sequences;

public sealed class SequenceDetectorTests
{
    private static readonly SequenceOptions Options = new() { BlockLength = 20, MinimumActions = 40 };
    private readonly SequenceDetector detector = new(Options);
    private readonly SequenceCounts population = new(Options.PopulationActions);

    [Fact]
    public void Score_NobodyKnown_HasNoOpinion() =>
        Assert.Equal(double.NaN, detector.Score(new SequenceHistory(Options), 1, 0, new SequenceReference(population)));

    [Fact]
    public void Score_OwnActionsAgainstThoseOfSomebodyElse_TellsThemApart()
    {
        SequenceHistory[] users = [.. Enumerable.Range(0, 5).Select(Teach)];

        double own = ScoreOf(users[2], Actions(2, seed: 99));
        double other = ScoreOf(users[2], Actions(3, seed: 99));

        Assert.True(own < 0, $"{own}");
        Assert.True(other > 20, $"{other}");
    }

    [Fact]
    public void Score_SameActionsInAnotherOrder_IsStranger()
    {
        ulong[] cycle = [.. Enumerable.Range(0, 400).Select(i => (ulong)(i % 10) + 1)];
        var user = new SequenceHistory(Options);
        foreach (ulong action in cycle) detector.Learn(user, action, 0, double.NaN, true, population, null);
        Teach(1);

        ulong[] reversed = [.. cycle.Take(Options.BlockLength).Reverse()];

        Assert.True(ScoreOf(user, reversed) > ScoreOf(user, cycle[..Options.BlockLength]) + 5);
    }

    [Fact]
    public void Score_AnyState_EqualsThePlainFormula()
    {
        for (int user = 0; user < 4; user++) Teach(user);
        SequenceHistory history = Teach(7);
        var random = new SeededRandom(5);
        var block = new List<ulong>();
        for (int i = 0; i < Options.BlockLength; i++)
        {
            ulong action = (ulong)random.Next(60) + 1;
            block.Add(action);
            double score = detector.Score(history, action, 0, new SequenceReference(population));
            Assert.Equal(Plain(history.Own, block), score, 1e-9);
            detector.Learn(history, action, 0, score, true, null, null);
        }
    }

    [Fact]
    public void Learn_StrangeBlock_IsRefusedUntilItHasGoneOnForLong()
    {
        var options = Options with { RecoverAfterBlocks = 3, CarryOver = 0 };
        var careful = new SequenceDetector(options);
        Teach(1);
        SequenceHistory history = Teach(2);
        int before = history.Own.Blocks;
        var learned = new List<int>();
        for (int block = 0; block < 5; block++)
        {
            foreach (ulong action in Actions(1, (ulong)block + 50).Take(options.BlockLength))
            {
                double score = careful.Score(history, action, 0, new SequenceReference(population));
                careful.Learn(history, action, 0, score, true, null, null);
            }

            learned.Add(history.Own.Blocks - before);
        }

        Assert.Equal([0, 0, 0, 1], learned.Take(4));
    }

    [Fact]
    public void Learn_BlockWithAnActionThatIsNotNormal_IsRefused()
    {
        SequenceHistory history = Teach(2);
        int before = history.Own.Blocks;
        foreach ((ulong action, int i) in Actions(2, 77).Take(Options.BlockLength).Select((action, i) => (action, i)))
            detector.Learn(history, action, 0, -50, isNormal: i != 3, null, null);
        Assert.Equal(before, history.Own.Blocks);
    }

    [Fact]
    public void Score_AfterAStrangeBlock_InheritsLessWithTime()
    {
        Teach(1);
        SequenceHistory history = Teach(2);
        foreach (ulong action in Actions(1, 50).Take(Options.BlockLength))
            detector.Learn(history, action, 0, detector.Score(history, action, 0, new SequenceReference(population)), true, null, null);
        ulong next = Actions(2, 3)[0];

        double atOnce = detector.Score(history, next, 0, new SequenceReference(population));
        double nextDay = detector.Score(history, next, TimeSpan.TicksPerDay, new SequenceReference(population));
        double nextYear = detector.Score(history, next, 365 * TimeSpan.TicksPerDay, new SequenceReference(population));

        Assert.True(atOnce > nextDay && nextDay > nextYear);
        Assert.Equal(atOnce - nextYear, 2 * (nextDay - nextYear), 1e-6);
    }

    [Fact]
    public void Score_PeersOfTheRole_MakeTheirActionsLessStrangeToANewcomer()
    {
        var role = new SequenceCounts(Options.PopulationActions);
        for (int i = 0; i < 4; i++)
        {
            var peer = new SequenceHistory(Options);
            foreach (ulong action in Actions(9, (ulong)i)) detector.Learn(peer, action, 0, double.NaN, true, population, role);
        }

        for (int user = 0; user < 6; user++) Teach(user);
        var newcomer = new SequenceHistory(Options);
        foreach (ulong action in Actions(9, 70).Take(Options.MinimumActions)) detector.Learn(newcomer, action, 0, double.NaN, true, null, null);
        ulong[] next = Actions(9, 71);

        double alone = ScoreOf(newcomer, next);
        double among = detector.Score(newcomer, next[0], 0, new SequenceReference(population, null, role));
        Assert.True(among < detector.Score(newcomer, next[0], 0, new SequenceReference(population)));
        Assert.True(double.IsFinite(alone));
    }

    [Fact]
    public void Score_WarmHistory_AllocatesNothing()
    {
        for (int user = 0; user < 4; user++) Teach(user);
        SequenceHistory history = Teach(5);
        var reference = new SequenceReference(population);
        ulong[] actions = Actions(5, 12);
        Assert.Equal(0, Allocation.Of(() =>
        {
            foreach (ulong action in actions)
                detector.Learn(history, action, 0, detector.Score(history, action, 0, in reference), true, population, null);
        }));
    }

    [Theory]
    [InlineData(1, "block_length")]
    [InlineData(1001, "block_length")]
    public void Constructor_OutOfRange_NamesTheSetting(int length, string name) =>
        Assert.Contains(name, Assert.Throws<OptionsException>(() => new SequenceDetector(new SequenceOptions { BlockLength = length })).Message, StringComparison.Ordinal);

    private SequenceHistory Teach(int user)
    {
        var history = new SequenceHistory(Options);
        foreach (ulong action in Actions(user, seed: 1)) detector.Learn(history, action, 0, double.NaN, true, population, null);
        return history;
    }

    private double ScoreOf(SequenceHistory history, ulong[] actions)
    {
        double score = double.NaN;
        foreach (ulong action in actions.Take(Options.BlockLength))
        {
            score = detector.Score(history, action, 0, new SequenceReference(population));
            detector.Learn(history, action, 0, score, isNormal: false, null, null);
        }

        return score;
    }

    /// <summary>400 actions, most of them the user's own dozen, in habitual order.</summary>
    private static ulong[] Actions(int user, ulong seed)
    {
        var random = new SeededRandom(seed + ((ulong)user * 1000));
        int place = 0;
        return [.. Enumerable.Range(0, 400).Select(_ =>
        {
            if (random.Chance(0.2)) return (ulong)random.Next(40) + 1;
            place = random.Chance(0.2) ? random.Next(12) : place + 1;
            return (ulong)((user * 12) + (place % 12)) + 100;
        })];
    }

    /// <summary>The same from dictionaries, as the remarks say it.</summary>
    private double Plain(SequenceCounts own, List<ulong> block)
    {
        const double unit = SequenceBlock.Unit;
        var actions = block.GroupBy(action => action).ToDictionary(group => group.Key, group => Math.Round(unit * Math.Sqrt(group.Count())));
        var pairs = block.Zip(block.Skip(1)).GroupBy(pair => pair).ToDictionary(group => group.Key, group => Math.Round(unit * Math.Sqrt(group.Count())));
        double single = actions.Sum(action => action.Value * Math.Log(Everybody(action.Key) / Mine(action.Key)));
        double both = pairs.Sum(pair =>
        {
            (ulong first, ulong second) = pair.Key;
            ulong key = SequenceBlock.PairOf(first, second);
            double weight = Options.PairPriorWeight * unit;
            double theirs = (population.Pairs[key] - own.Pairs[key] + (weight * Everybody(second))) / (population.Firsts[first] - own.Firsts[first] + weight);
            double mine = (own.Pairs[key] + (weight * Mine(second))) / (own.Firsts[first] + weight);
            return pair.Value * Math.Log(theirs / mine);
        });
        return ((single + both) / 2) / unit;

        double Everybody(ulong action) => (population.Actions[action] - own.Actions[action] + (Options.UnseenWeight * unit))
            / (population.Actions.Total - own.Actions.Total + (Options.UnseenWeight * unit * (population.Actions.Count + 1)));

        double Mine(ulong action) => (own.Actions[action] + (Options.PriorWeight * unit * Everybody(action))) / (own.Actions.Total + (Options.PriorWeight * unit));
    }
}
