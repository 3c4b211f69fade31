using Xunit;

namespace Ecart.TestKit;

/// <summary>States what a test needs. Without it the test is skipped, visibly and with the reason, never quietly passed.</summary>
public static class Require
{
    /// <summary>True where CI=true: there every part must be present, and a missing one fails the test.</summary>
    public static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>Needs a part of the machine, such as a server or a program.</summary>
    /// <param name="isPresent">Whether it is there.</param>
    /// <param name="part">Its name.</param>
    /// <param name="remedy">How to get it.</param>
    public static void Part(bool isPresent, string part, string remedy)
    {
        if (isPresent) return;
        var reason = $"{part} is missing: {remedy}";
        if (IsContinuousIntegration) Assert.Fail(reason);
        Assert.Skip(reason);
    }

    /// <summary>Needs data that not every machine has. Skips without it, also where CI=true.</summary>
    public static void Data(bool isPresent, string data, string remedy)
    {
        if (!isPresent) Assert.Skip($"{data} is missing: {remedy}");
    }

    /// <summary>A test of many seconds or minutes: runs only by <c>./ecart test --all</c>.</summary>
    public static void LongRun()
    {
        if (Environment.GetEnvironmentVariable("ECART_TEST_ALL") != "1") Assert.Skip("A long test: run it by ./ecart test --all");
    }
}
