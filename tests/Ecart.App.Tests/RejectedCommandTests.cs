using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

public sealed class RejectedCommandTests : IDisposable
{
    private const string Header = "uid,account,occurred_at,amount,channel,country,backup";
    private readonly TestFolder folder = TestFolder.Create("rejected");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rejected_ListShowAndRetry_StoreWhatCanBeReadNowOnce()
    {
        string csv = Write(
            "cards.csv",
            Header + "\ng1,A1,2025-03-01T10:00:00Z,12.50,pos,FR,1\nb1,A1,2025-03-01T10:01:00Z,NaN,pos,FR,7.25\nb2,A1,2025-03-01T10:02:00Z,5,pos\n"
            + "g1,A1,2025-03-01T10:00:00Z,99,pos,FR,1\n");
        string json = Write("cards.jsonl", """{"uid":"j1","account":"A2","occurred_at":"2025-03-01T11:00:00Z","amount":"much","backup":"3.5"}""" + "\n");
        Assert.Equal(3, (await RunAsync("replay", csv)).Code);
        Assert.Equal(3, (await RunAsync("replay", json)).Code);

        ProgramResult list = await RunAsync("rejected", "list", "--output", "csv", "--source", "cards.csv", "--reason", "non_finite");
        string[] lines = list.Output.Trim().Split('\n');
        Assert.Equal(2, lines.Length);
        string[] row = lines[1].Split(',');
        Assert.Equal(("cards.csv", "3", "b1", "non_finite", "amount", "NaN"), (row[2], row[4], row[6], row[7], row[8], row[9]));
        Assert.Contains("b1,A1,2025-03-01T10:01:00Z,NaN,pos,FR,7.25", (await RunAsync("rejected", "show", row[0])).Output, StringComparison.Ordinal);

        ProgramResult blind = await RunAsync("rejected", "retry", row[0], "--map", "amount=backup");
        Assert.Equal(3, blind.Code);
        Assert.Contains("--header", blind.Errors, StringComparison.Ordinal);

        ProgramResult retry = await RunAsync("rejected", "retry", "--all", "--map", "amount=backup", "--header", Header);
        Assert.Equal(3, retry.Code);
        Assert.Contains("2 of 4 records are events now", retry.Output, StringComparison.Ordinal);
        Assert.Contains("not one line with the 7 columns", retry.Errors, StringComparison.Ordinal);
        Assert.Contains("known with other content", retry.Errors, StringComparison.Ordinal);
        ProgramResult again = await RunAsync("rejected", "retry", row[0], "--map", "amount=backup", "--header", Header);
        Assert.Contains("0 of 1", again.Output, StringComparison.Ordinal);

        StoreContent store = await StoreContent.ReadAsync(folder.Path, "ecart", TestContext.Current.CancellationToken);
        Assert.Equal(["b1|7.25", "g1|12.50", "j1|3.50"], store["events"].Select(text => text.Split('|')).Select(text => $"{text[2]}|{text[5]}").Order());
        Assert.Equal(4, store["rejected"].Count);
    }

    [Theory]
    [InlineData("rejected retry", "Name the records")]
    [InlineData("rejected retry 1 --all", "Name the records")]
    [InlineData("rejected list --reason bad", "'bad' is not a reason")]
    public async Task Rejected_WrongCommandLine_NamesTheMistake(string arguments, string expected)
    {
        ProgramResult result = await RunAsync(arguments.Split(' '));
        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
