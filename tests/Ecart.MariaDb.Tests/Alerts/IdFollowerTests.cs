using Ecart.MariaDb.Alerts;
using Xunit;

namespace Ecart.MariaDb.Tests.Alerts;

public sealed class IdFollowerTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Saw_NumbersOutOfOrder_KeepsTheGapUntilItIsFilled()
    {
        var follower = new IdFollower(10);

        follower.Saw([11, 15], Now);
        Assert.Equal(("(x > 15 OR x BETWEEN 12 AND 14)", 11), (follower.Condition("x", Now), follower.Floor));
        follower.Saw([13], Now);
        Assert.Equal("(x > 15 OR x BETWEEN 12 AND 12 OR x BETWEEN 14 AND 14)", follower.Condition("x", Now));
        follower.Saw([12, 14], Now);

        Assert.Equal(("(x > 15)", 15), (follower.Condition("x", Now), follower.Floor));
    }

    [Fact]
    public void Condition_GapThatStays_IsGivenUpAfterAMinute()
    {
        var follower = new IdFollower(0);

        follower.Saw([65_000], Now);

        Assert.Equal(0, follower.Floor);
        Assert.Equal("(x > 65000)", follower.Condition("x", Now.AddSeconds(61)));
        Assert.Equal(65_000, follower.Floor);
    }
}
