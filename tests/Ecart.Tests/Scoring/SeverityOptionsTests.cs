using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Scoring;

public sealed class SeverityOptionsTests
{
    [Theory]
    [InlineData(0, Severity.None)]
    [InlineData(0.499999, Severity.None)]
    [InlineData(0.5, Severity.Medium)]
    [InlineData(0.649999, Severity.Medium)]
    [InlineData(0.65, Severity.High)]
    [InlineData(0.799999, Severity.High)]
    [InlineData(0.8, Severity.Critical)]
    [InlineData(1, Severity.Critical)]
    public void Of_Defaults_HasNoLow(double score, Severity expected) => Assert.Equal(expected, new SeverityOptions().Of(score));

    [Theory]
    [InlineData(0.299999, Severity.None)]
    [InlineData(0.3, Severity.Low)]
    [InlineData(0.5, Severity.Medium)]
    public void Of_LowAskedFor_CountsBelowMedium(double score, Severity expected) =>
        Assert.Equal(expected, new SeverityOptions { Low = 0.3 }.Of(score));

    [Theory]
    [InlineData(0.4, null, false)]
    [InlineData(0.4, 0.45, false)]
    [InlineData(0.4, 0.4, true)]
    [InlineData(0.5, null, true)]
    [InlineData(0.7, null, true)]
    public void Validate_FlagBelowEveryBand_IsRefusedBecauseItsAlertsHadNoSeverity(double flag, double? low, bool isValid)
    {
        var options = new TransactionOptions { Severity = new SeverityOptions { Flag = flag, Low = low } };

        if (isValid) options.Validate();
        else Assert.Contains("'severity.flag' is 0.4; it must be between 0.", Assert.Throws<OptionsException>(options.Validate).Message, StringComparison.Ordinal);
    }
}
