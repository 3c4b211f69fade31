using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help", "demo")]
    [InlineData("demo --help", "--once")]
    [InlineData("replay --help", "--speed")]
    [InlineData("score --help", "--out")]
    [InlineData("verdict --help", "explain")]
    [InlineData("rejected --help", "retry")]
    [InlineData("profiles --help", "rebuild")]
    [InlineData("clusters --help", "learn")]
    [InlineData("calibrate --help", "rollback")]
    [InlineData("configuration --help", "activate")]
    [InlineData("train --help", "pca_whitening")]
    [InlineData("train verdicts --help", "challenger")]
    [InlineData("models --help", "rollback")]
    [InlineData("migrate --help", "--dry-run")]
    [InlineData("database --help", "Ctrl-C")]
    [InlineData("domains --help", "validate")]
    [InlineData("exceptions --help", "preview")]
    [InlineData("exceptions add --help", "--rule")]
    [InlineData("entities --help", "show")]
    [InlineData("sql --help", "--demo")]
    [InlineData("serve --help", "--config")]
    [InlineData("setup --help", "MariaDB")]
    [InlineData("audit --help", "--server")]
    [InlineData("completion --help", "bash")]
    public async Task Help_EveryCommand_Explains(string arguments, string expected)
    {
        ProgramResult result = await EcartProcess.RunAsync(Path.GetTempPath(), TestContext.Current.CancellationToken, arguments.Split(' '));

        Assert.True(result.Code == 0, result.Everything);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate", "'frobnicate' is not a command.")]
    [InlineData("replay", "Required argument 'FILE' missing")]
    [InlineData("replay x.csv --speed fast", "'fast' is not a speed")]
    [InlineData("replay x.csv --label-delay soon", "'soon' is not a duration")]
    [InlineData("replay x.csv --domain Weather", "'Weather' is not known")]
    [InlineData("replay no-such-file.csv", "no-such-file.csv cannot be opened")]
    [InlineData("replay x.csv --map", "--map")]
    [InlineData("devices calibrate --from yesterday", "--from 'yesterday' is not a time: write a day as 2026-03-02")]
    [InlineData("devices calibrate --to 1.2.26", "--to '1.2.26' is not a time")]
    [InlineData("devices calibrate --days few", "--days 'few' is not a whole number")]
    [InlineData("replay x.csv --batch 1e3", "--batch '1e3' is not a whole number")]
    [InlineData("demo --seed -1", "--seed '-1' is not a whole number")]
    [InlineData("rejected show first", "ID 'first' is not a whole number")]
    [InlineData("rejected retry 1 x", "ID 'x' is not a whole number")]
    [InlineData("models use newest --reason r", "VERSION 'newest' is not a whole number")]
    [InlineData("verdict explain uid --nearest all", "--nearest 'all' is not a whole number")]
    [InlineData("replay x.csv --format xml", "--format 'xml' is not known: detect, csv, json_lines, zeek")]
    [InlineData("audit --server ftp://x", "--server 'ftp://x' is no address")]
    [InlineData("audit --server http://127.0.0.1:1 --key ecart_secret", "--key is a secret")]
    [InlineData("audit --most 0", "--most must be at least 1")]
    [InlineData("rejected list --output xml", "--output 'xml' is not known")]
    public async Task WrongCommandLine_Anything_NamesTheMistakeAndDoesNothing(string arguments, string expected)
    {
        using TestFolder folder = TestFolder.Create("help");

        ProgramResult result = await EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments.Split(' '));

        Assert.True(result.Code == 2, result.Everything);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Ecart.", result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
