using Ecart.Eval.FraudHandbook;
using Xunit;

namespace Ecart.Eval.Tests.FraudHandbook;

public sealed class DayRangeTests
{
    [Theory]
    [InlineData("2018-08-08..2018-08-14", "2018-08-08..2018-08-14")]
    [InlineData("2018-08-08", "2018-08-08..2018-08-08")]
    public void TryParse_Days_GivesRange(string text, string expected)
    {
        Assert.True(DayRange.TryParse(text, out DayRange range, out _));
        Assert.Equal(expected, range.ToString());
    }

    [Theory]
    [InlineData("2018-08-32..2018-09-01", "2018-08-32")]
    [InlineData("2018-08-08..", "''")]
    [InlineData("", "''")]
    [InlineData("08/08/2018", "08/08/2018")]
    [InlineData("2018-08-08..2018-08-09..2018-08-10", "FIRST..LAST")]
    [InlineData("2018-08-14..2018-08-08", "empty")]
    public void TryParse_NoRange_NamesWhatIsWrong(string text, string named)
    {
        Assert.False(DayRange.TryParse(text, out _, out string error));
        Assert.Contains(named, error, StringComparison.Ordinal);
    }
}
