using System.Text.RegularExpressions;
using Ecart.Domains.Iot;
using Ecart.Domains.Network;
using Ecart.Domains.Transactions;
using Ecart.Domains.UserBehavior;
using Ecart.Rules;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Rules;

/// <summary>docs/reference/rules.md says what is so.</summary>
public sealed partial class RuleDocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "reference", "rules.md"));

    [Fact]
    public void Examples_Rules_Compile()
    {
        string[] examples = Blocks("rule");
        Assert.True(examples.Length >= 6);
        foreach (string example in examples)
        {
            Assert.True(TransactionRuleFields.All.TryCompile(example.Trim(), new RuleWindowPlan(), out _, out RuleError? error), $"{example}{error}");
        }
    }

    [Fact]
    public void Examples_Errors_ReadAsTheProgramSaysThem()
    {
        string[] examples = Blocks("rule-error");
        Assert.True(examples.Length >= 4);
        foreach (string example in examples)
        {
            string[] lines = example.TrimEnd().Split('\n');
            Assert.False(TransactionRuleFields.All.TryCompile(lines[0], new RuleWindowPlan(), out _, out RuleError? error));
            Assert.Equal(lines[1], error!.ToString());
        }
    }

    [Fact]
    public void Example_Configuration_IsAccepted()
    {
        TransactionOptions options = TransactionOptionsJson.Deserialize(Assert.Single(Blocks("json")));
        Assert.Equal(["large at night", "gift cards", "trial"], options.Rules.Select(rule => rule.Name));
        Assert.Equal([0.3, 0.5, 0], options.Rules.Select(rule => rule.Contribution));
        Assert.Equal([true, true, false], options.Rules.Select(rule => rule.Active));
    }

    [Fact]
    public void Fields_Table_ListsEveryFieldOfTransactions()
    {
        string table = string.Join('\n', TransactionRuleFields.All.All.Select(Row));
        Assert.True(Text.Contains(table, StringComparison.Ordinal), "The table of fields must be:\n" + table);
    }

    [Fact]
    public void Functions_Table_ListsEveryFunction()
    {
        string table = string.Join('\n', RuleFunction.All.Select(function => $"| `{function.Form}` | {function.Type} | {function.Description} |"));
        Assert.True(Text.Contains(table, StringComparison.Ordinal), "The table of functions must be:\n" + table);
    }

    [Fact]
    public void Windows_Table_ListsWhatDomainsKeep()
    {
        Assert.Contains(WindowRow("transactions", TransactionRuleFields.All.Windows!.Entities, TransactionRuleFields.All.Windows.Fields), Text, StringComparison.Ordinal);
        Assert.Contains(WindowRow("user_behavior", UserBehaviorRuleFields.All.Windows!.Entities, UserBehaviorRuleFields.All.Windows.Fields), Text, StringComparison.Ordinal);
        Assert.Contains(WindowRow("iot", IotRuleFields.All.Windows!.Entities, IotRuleFields.All.Windows.Fields), Text, StringComparison.Ordinal);

        static string WindowRow(string domain, IReadOnlyList<string> entities, IReadOnlyList<string> fields) =>
            $"| {domain} | {string.Join(", ", entities.Select(name => $"`{name}`"))} | {string.Join(", ", fields.Select(name => $"`{name}`"))} |";
    }

    [Fact]
    public void Fields_Table_ListsEveryFieldOfUserBehavior()
    {
        string table = string.Join('\n', UserBehaviorRuleFields.All.All.Select(Row));
        Assert.True(Text.Contains(table, StringComparison.Ordinal), "The table of fields must be:\n" + table);
    }

    [Fact]
    public void Fields_Table_ListsEveryFieldOfNetwork()
    {
        string table = string.Join('\n', NetworkRuleFields.All.All.Select(Row));
        Assert.True(Text.Contains(table, StringComparison.Ordinal), "The table of fields must be:\n" + table);
    }

    [Fact]
    public void Fields_Table_ListsEveryFieldOfIot()
    {
        string table = string.Join('\n', IotRuleFields.All.All.Select(Row));
        Assert.True(Text.Contains(table, StringComparison.Ordinal), "The table of fields must be:\n" + table);
    }

    [Fact]
    public void Limits_InText_AreThoseOfTheProgram() =>
        Assert.Contains(
            $"{RuleLimits.MaximumLength:N0} characters, and {RuleLimits.MaximumDepth} parentheses", Text, StringComparison.Ordinal);

    private static string Row<TContext>(RuleField<TContext> field)
        where TContext : allows ref struct
    {
        string type = field.Type switch { RuleType.Number => "number", RuleType.Text => "text", _ => "truth" };
        return $"| `{field.Name}` | {type} | {field.Description} |";
    }

    private static string[] Blocks(string kind) =>
        [.. Block().Matches(Text).Where(block => block.Groups[1].Value == kind).Select(block => block.Groups[2].Value)];

    [GeneratedRegex("^```([a-z-]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
