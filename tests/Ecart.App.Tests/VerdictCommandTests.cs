using System.Globalization;
using System.Text;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

public sealed class VerdictCommandTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("verdict");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Explain_StoredEvent_ShowsThatItComesOutTheSame()
    {
        var text = new StringBuilder("uid,account,occurred_at,amount,channel,country\n");
        for (int i = 0; i < 40; i++) text.Append(CultureInfo.InvariantCulture, $"u{i},A1,2025-03-{1 + (i / 2):00}T{10 + (i % 2)}:00:00Z,{20 + (i % 5)}.25,pos,FR\n");
        text.Append("odd,A1,2025-03-22T03:00:00Z,9999,online,US\n");
        string file = Path.Combine(folder.Path, "cards.csv");
        await File.WriteAllTextAsync(file, text.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("replay", file)).Code);

        ProgramResult result = await RunAsync("verdict", "explain", "odd", "--nearest", "2");

        Assert.True(result.Code == 0, result.Everything);
        Assert.Contains(": equal", result.Output, StringComparison.Ordinal);
        Assert.Contains("folded from 40 entries", result.Output, StringComparison.Ordinal);
        Assert.Contains("the same to the last bit", result.Output, StringComparison.Ordinal);
        Assert.Contains("amount_anomaly +", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, result.Output.Split("  near ").Length - 1);
        Assert.Contains(", differs by ", result.Output, StringComparison.Ordinal);
        Assert.Contains("features   behavior_distance (layout ", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("verdict", "explain", "nobody")).Code);
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
