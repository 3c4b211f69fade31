using System.Text.RegularExpressions;
using Ecart.App.Demo;
using Ecart.App.Serve.Access;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>The demo's end: the console with a stream that goes on.</summary>
public sealed partial class DemoConsoleTests
{
    private static readonly string[] Small = ["demo", "--accounts", "100", "--days", "50", "--port", "0"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_InItsConsole_PrintsItsAddressAndALinkAndStoresNewEvents()
    {
        using TestFolder folder = TestFolder.Create("demo-console");
        using EcartProcess process = EcartProcess.Start(folder.Path, Small);
        using var client = new HttpClient();
        string link = (await process.WaitForOutputAsync(Link(), Cancellation)).Value;
        string address = (await process.WaitForOutputAsync(Address(), Cancellation)).Groups[1].Value;

        string invitation = await client.GetStringAsync(link, Cancellation);
        using HttpResponseMessage home = await client.GetAsync(address, Cancellation);
        for (string metrics = ""; !StoredSome().IsMatch(metrics); await Task.Delay(100, Cancellation)) metrics = await client.GetStringAsync(new Uri(new Uri(address), "/metrics"), Cancellation);
        process.Terminate();
        ProgramResult ended = await process.WaitAsync(Cancellation);

        Assert.Contains("new-password", invitation, StringComparison.Ordinal);
        Assert.Contains("sign-in", home.RequestMessage!.RequestUri!.ToString(), StringComparison.Ordinal);
        Assert.True(ended.Code == 0, ended.Everything);
        string last = await LastEventAsync(folder.Path);
        Assert.True(DateTime.Parse(last, null) > DemoCalendar.NewStart(0, TimeProvider.System), last);

        ProgramResult second = await EcartProcess.RunAsync(folder.Path, Cancellation, [.. Small, "--for", "3s"]);
        Assert.True(second.Code == 0, second.Everything);
        Assert.Contains("nothing was added", second.Output, StringComparison.Ordinal);
        Assert.Matches(Address(), second.Output);
        Assert.True(string.CompareOrdinal(await LastEventAsync(folder.Path), last) >= 0);
        Assert.Equal("0", await AskAsync(folder.Path, "SELECT COUNT(*) FROM rejected_events"));
    }

    private static Task<string> LastEventAsync(string home) => AskAsync(home, "SELECT MAX(occurred_at) FROM financial_transactions");

    private static async Task<string> AskAsync(string home, string sql)
    {
        ProgramResult asked = await EcartProcess.RunAsync(home, Cancellation, "sql", "--demo", sql);
        Assert.True(asked.Code == 0, asked.Everything);
        return asked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1];
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/console/invitation/\S+")]
    private static partial Regex Link();

    [GeneratedRegex(@"The console: (http://127\.0\.0\.1:\d+/console)\s")]
    private static partial Regex Address();

    [GeneratedRegex(@"^ecart_events_total\S* [1-9]", RegexOptions.Multiline)]
    private static partial Regex StoredSome();
}
