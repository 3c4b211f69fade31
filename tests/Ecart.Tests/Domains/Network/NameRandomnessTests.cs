using Ecart.Domains.Network;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class NameRandomnessTests
{
    [Theory]
    [InlineData("www.example.com", "example")]
    [InlineData("example.com.", "example")]
    [InlineData("www.example.co.uk", "example")]
    [InlineData("localhost", "")]
    [InlineData("", "")]
    [InlineData(".", "")]
    public void Registered_Name_IsWhatSomebodyRegistered(string name, string expected) => Assert.Equal(expected, NameRandomness.Registered(name).ToString());

    [Fact]
    public void Of_RandomLetters_IsAboveWords()
    {
        double words = new[] { "microsoft", "wikipedia", "amazon", "facebook", "university", "weather", "newspaper" }.Average(static word => NameRandomness.Of(word));
        double random = new[] { "xkqzvbwtrj", "qzjhvxkwpd", "bvxtqkzmrw", "k3j9x2q8v7z1" }.Average(static word => NameRandomness.Of(word));

        Assert.True(random > words + 0.4, $"{random} against {words}");
    }
}
