using Ecart.Eval.Simulator;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Eval.Tests.Simulator;

public sealed class StreamScenarioTests
{
    public static TheoryData<string> Names => [.. StreamScenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Make_ASeed_GivesTheSameStreamAgain(string name)
    {
        StreamScenario scenario = StreamScenario.All.Single(scenario => scenario.Name == name);

        SimulatedStream one = scenario.Make(new SeededRandom(3));
        SimulatedStream again = scenario.Make(new SeededRandom(3));
        SimulatedStream other = scenario.Make(new SeededRandom(4));

        Assert.Equal(one.Vectors, again.Vectors);
        Assert.Equal(one.Attacks, again.Attacks);
        Assert.NotEqual(one.Vectors, other.Vectors);
        Assert.All(one.Vectors, vector => Assert.Equal(SimulatedEntity.Dimension, vector.Length));
        Assert.All(one.Attacks, attack => Assert.InRange(attack.End, one.JudgedFrom, one.Vectors.Count));
        Assert.Equal(one.Attacks.OrderBy(attack => attack.First), one.Attacks);
    }

    [Fact]
    public void Of_ManyScores_IsExceededAtTheStatedRate()
    {
        double[] scores = [.. Enumerable.Range(1, 999).Select(i => (double)i)];

        Assert.Equal(990, PooledThreshold.Of(scores, 0.01));
        Assert.Equal(double.PositiveInfinity, PooledThreshold.Of([1, 2, 3], 0.01));
    }
}
