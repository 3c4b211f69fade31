using System.Reflection;
using Ecart.App.Serve.Pages;
using Ecart.MariaDb.Alerts;
using Ecart.Scoring;
using Xunit;

namespace Ecart.App.Tests.Serve.Alerts;

public sealed class EvidenceSentenceTests
{
    public static TheoryData<string> Codes =>
        [.. typeof(EvidenceCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(code => code.IsLiteral).Select(code => (string)code.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Of_EveryCodeWithItsNumbers_IsASentenceInEachLanguage(string code)
    {
        var finding = new AlertFinding(code, 0.3, "as stored", 12.5, 2, 7, 0.003, "S17");
        foreach (Language language in Language.All)
        {
            string sentence = EvidenceSentence.Of(language, finding);
            Assert.NotEqual("as stored", sentence);
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain('{', sentence);
            Assert.NotNull(language.TryText("finding." + code));
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Of_EveryCodeWithoutNumbers_IsAsStoredOrNeedsNone(string code)
    {
        string sentence = EvidenceSentence.Of(Language.French, new AlertFinding(code, 0.3, "as stored", null, null, null, null, null));

        Assert.Equal("as stored", sentence);
    }

    [Theory]
    [InlineData(0.5, "once in 2 times")]
    [InlineData(2.67e-4, "once in 3,700 times")]
    [InlineData(7.8e-11, "once in more than a billion times")]
    public void Of_SmallChance_IsANumberThatPeopleCanPicture(double chance, string expected) =>
        Assert.EndsWith(
            expected + ".", EvidenceSentence.Of(Language.English, new AlertFinding(EvidenceCode.Velocity, 0.15, "as stored", 6, 0.86, null, chance, null)), StringComparison.Ordinal);

    [Fact]
    public void Of_UnknownCode_IsAsStored() =>
        Assert.Equal("Mine.", EvidenceSentence.Of(Language.French, new AlertFinding("mine", 1, "Mine.", 1, 1, 1, 1, null)));

    [Fact]
    public void Read_SeveralOfOneCode_KeepTheirOwnNumbers()
    {
        AlertExplanation explanation = AlertExplanation.Read(
            """
            {"reason":[{"type":"drift","score":0.1,"detail":"a"},{"type":"drift","score":0.4,"detail":"b"},{"type":"rule","score":0.2,"detail":"c"}],
             "features":{"drift":{"observed":1,"subject":"x"},"drift":{"observed":2,"subject":"y"},"rule:big":{"subject":"big"}},"threshold":0.5}
            """);

        Assert.Equal(["x 1", "y 2", "big "], explanation.Findings.Select(finding => $"{finding.Subject} {finding.Observed}"));
        Assert.Equal(("b", 0.5), (explanation.Strongest!.Detail, explanation.Threshold));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("""{"reason": "x", "features": [1], "threshold": "high"}""")]
    [InlineData("""{"reason": [1, "x", {"type": 4, "score": "much"}]}""")]
    public void Read_OtherForms_AreLeftOut(string json) => Assert.True(AlertExplanation.Read(json).Findings.All(finding => finding.Code.Length == 0));
}
