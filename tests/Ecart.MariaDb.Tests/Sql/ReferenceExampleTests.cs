using System.Text.RegularExpressions;
using Ecart.TestKit;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>The examples of docs/reference/sql.md run as they stand.</summary>
public sealed partial class ReferenceExampleTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task Examples_OnEmptyDatabase_Run()
    {
        IReadOnlyList<string> examples = await ExamplesAsync("");
        Assert.True(examples.Count >= 12);
        foreach (string example in examples) await database.QueryAsync(example);
    }

    [Fact]
    public async Task Examples_NeedingATransaction_RunWithOne()
    {
        await new TransactionRow { Id = "T1", Account = "A1", Amount = 60_000 }.StoreAsync(database);
        IReadOnlyList<string> examples = await ExamplesAsync(" needs-data");
        Assert.Equal(2, examples.Count);
        foreach (string example in examples) Assert.NotEmpty(await database.QueryAsync(example));
    }

    private static async Task<IReadOnlyList<string>> ExamplesAsync(string kind)
    {
        string path = Path.Combine(RepositoryRoot.Path, "docs", "reference", "sql.md");
        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        return [.. Block().Matches(text).Where(block => block.Groups[1].Value == kind).Select(block => block.Groups[2].Value)];
    }

    [GeneratedRegex("^```sql([^\n]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
