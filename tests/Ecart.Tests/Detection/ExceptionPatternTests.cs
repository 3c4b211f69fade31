using Ecart.Detection;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class ExceptionPatternTests
{
    private static readonly DateTime From = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ExceptionPattern Everything = new(1, null, null, From, null, null, 0, 1);
    private static readonly float[] Event = [1, 0];

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("account", null, true)]
    [InlineData("account", "A1", true)]
    [InlineData(null, "A1", true)]
    [InlineData("account", "a1", false)]
    [InlineData("account", "A2", false)]
    [InlineData("merchant", null, false)]
    [InlineData("merchant", "A1", false)]
    public void Matches_Entity_NullMeansAll(string? type, string? id, bool expected) =>
        Assert.Equal(expected, (Everything with { EntityType = type, EntityId = id }).Matches("account", "A1", From, Event, 1));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Matches_Validity_IncludesItsStartAndExcludesItsEnd(long microseconds, bool expected)
    {
        var exception = Everything with { ValidUntil = From.AddMicroseconds(100) };

        Assert.Equal(expected, exception.Matches("account", "A1", From.AddMicroseconds(microseconds), Event, 1));
    }

    [Theory]
    [InlineData(1.5f, 1, true)]
    [InlineData(1.501f, 1, false)]
    [InlineData(1f, 2, false)]
    public void Matches_Pattern_IsHeldWithinTheRadiusInItsOwnVersion(float x, int version, bool expected)
    {
        var exception = Everything with { Pattern = [x, 0, 0, 0], Radius = 0.5, EmbeddingVersion = version };

        Assert.Equal(expected, exception.Matches("account", "A1", From, Event, 1));
    }
}
