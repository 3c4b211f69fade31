using Ecart.Rules;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Rules;

public sealed class RuleSetTests
{
    [Fact]
    public void Evaluate_ActiveRulesThatHold_AddEvidenceStrongestFirst()
    {
        RuleSet<Sample> rules = Of(
            new RuleOptions { Name = "small", Expression = "amount > 1", Contribution = 0.1 },
            new RuleOptions { Name = "off", Expression = "true", Active = false },
            new RuleOptions { Name = "no", Expression = "amount > 1000" },
            new RuleOptions { Name = "large", Expression = "amount > 100", Contribution = 0.4 });
        Assert.Equal(3, rules.Count);
        var verdict = new Verdict(1);
        var sample = new Sample { A = 120 };
        rules.Evaluate(in sample, verdict);
        Assert.Equal(["large", "small"], verdict.Evidence.ToArray().Select(evidence => evidence.Subject));
        Assert.Equal([0.4, 0.1], verdict.Evidence.ToArray().Select(evidence => evidence.Contribution));
        Assert.All(verdict.Evidence.ToArray(), evidence => Assert.Equal(EvidenceCode.Rule, evidence.Code));
        Assert.Equal("Rule 'large' matched.", EvidenceText.Describe(in verdict.Evidence[0]));
    }

    [Fact]
    public void Evaluate_MoreRulesThanAVerdictHolds_KeepsTheStrongest()
    {
        RuleSet<Sample> rules = Of([.. Enumerable.Range(0, 40).Select(
            i => new RuleOptions { Name = $"rule {i}", Expression = "true", Contribution = i / 100.0 })]);
        var verdict = new Verdict(1);
        rules.Evaluate(default, verdict);
        Assert.Equal(Verdict.MaximumEvidence, verdict.Evidence.Length);
        Assert.Equal(0.39, verdict.Evidence[0].Contribution);
        Assert.Equal((40 - Verdict.MaximumEvidence) / 100.0, verdict.Evidence[^1].Contribution);
    }

    [Theory]
    [InlineData("", "true", 0.5, "Setting 'rules[1].name' is ; it must be 1 to 64 characters without quotes and control characters.")]
    [InlineData("it's", "true", 0.5, "Setting 'rules[1].name' is it's; it must be 1 to 64 characters without quotes and control characters.")]
    [InlineData("FIRST", "true", 0.5, "Setting 'rules[1].name' is FIRST; it must be a name that no other rule has.")]
    [InlineData("x", "true", 1.5, "Setting 'rules[1] ('x').contribution' is 1.5; it must be between 0 and 1.")]
    [InlineData("x", "true", double.NaN, "Setting 'rules[1] ('x').contribution' is NaN; it must be between 0 and 1.")]
    [InlineData("x", null, 0.5, "Setting 'rules[1] ('x').expression' is absent; it must be an expression.")]
    [InlineData(
        "x", "amuont > 1", 0.5,
        "Setting 'rules[1].expression' of rule 'x' is no rule. At character 1: found 'amuont', expected a field of samples. Did you mean 'amount'?")]
    public void Make_WrongRule_ThrowsWithRuleAndPlace(string name, string? expression, double contribution, string message)
    {
        var first = new RuleOptions { Name = "first", Expression = "true" };
        var wrong = new RuleOptions { Name = name, Expression = expression!, Contribution = contribution, Active = false };
        Assert.Equal(message, Assert.Throws<OptionsException>(() => Of(first, wrong)).Message);
    }

    [Fact]
    public void Make_NullListOrRule_Throws()
    {
        Assert.Throws<OptionsException>(() => new RuleSet<Sample>(null!, Sample.Fields, "rules"));
        Assert.Throws<OptionsException>(() => Of(null!, null!));
    }

    private static RuleSet<Sample> Of(params RuleOptions[] options) => new(options, Sample.Fields, "rules");
}
