using System.Text.RegularExpressions;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Dashboards;

/// <summary>The rules of deploy/prometheus by promtool.</summary>
public sealed partial class AlertRuleTests
{
    [Theory]
    [InlineData("check", "rules", "alerts.yaml")]
    [InlineData("check", "config", "prometheus.yml")]
    [InlineData("test", "rules", "alerts_test.yaml")]
    public async Task Files_ByPromtool_AreRight(string command, string kind, string file)
    {
        (bool isGood, string said) = await PrometheusProgram.CheckAsync(TestContext.Current.CancellationToken, command, kind, Path.Combine(AlertRule.Folder, file));

        Assert.True(isGood, said);
    }

    [Fact]
    public void Rules_Each_SayWhatToDo()
    {
        Assert.True(AlertRule.All.Count >= 25);
        Assert.Equal(AlertRule.All.Count, AlertRule.All.Select(rule => rule.Name).Distinct().Count());
        Assert.All(AlertRule.All, rule => Assert.Contains(rule.Severity, new[] { "warning", "critical" }));
        Assert.All(AlertRule.All, rule => Assert.Equal(["description", "runbook", "summary"], rule.Annotations.Keys.Order()));
        Assert.All(AlertRule.All.SelectMany(rule => rule.Annotations.Values), text => Assert.True(text.Length > 20, text));
    }

    [Fact]
    public void Rules_Each_HaveACaseThatFiresAndOneThatDoesNot()
    {
        string[] cases = [.. AlertRule.Read("alerts_test.yaml")["tests"].AsSequence().Select(test => test["name"].AsText()!)];

        Assert.Equal(AlertRule.All.SelectMany(rule => new[] { $"{rule.Name} fires", $"{rule.Name} stays quiet" }), cases);
    }

    [Fact]
    public async Task Runbooks_CommandsThatTheyName_Exist()
    {
        Match[] commands = [.. AlertRule.All.SelectMany(rule => Command().Matches(rule.Annotations["runbook"])).DistinctBy(command => command.Value)];
        Assert.True(commands.Length >= 5);
        foreach (Match command in commands)
        {
            ProgramResult help = await EcartProcess.RunAsync(
                Path.GetTempPath(), TestContext.Current.CancellationToken, [.. command.Groups[1].Value.Split(' '), "--help"]);
            Assert.True(help.Code == 0, help.Everything);
            Assert.All(Option().Matches(command.Value), option => Assert.Contains(option.Value, help.Output, StringComparison.Ordinal));
        }
    }

    /// <summary>Dashboards send people to rules by their names.</summary>
    [Fact]
    public void Dashboards_RulesThatTheyName_Exist()
    {
        string[] names = [.. AlertRule.All.Select(rule => rule.Name)];
        string[] named = [.. Dashboard.All.SelectMany(dashboard => Rule().Matches(dashboard.Root.GetRawText()).Select(match => match.Value)).Distinct()];

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, names));
    }

    [GeneratedRegex(@"\becart ((?:alerts|rejected|configuration) [a-z-]+)(?: --[a-z-]+(?: [a-z{][^,.;]*?(?= --|,|\.|;| for | and | once ))?)*")]
    private static partial Regex Command();

    [GeneratedRegex(@"--[a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"\bEcart[A-Z]\w+")]
    private static partial Regex Rule();
}
