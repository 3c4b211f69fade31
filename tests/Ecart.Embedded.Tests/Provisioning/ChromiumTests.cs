using System.Diagnostics;
using Ecart.Embedded.Provisioning;
using Ecart.TestKit;
using Ecart.TestKit.Browsing;
using Xunit;

namespace Ecart.Embedded.Tests.Provisioning;

/// <summary>The browser of the console's tests, fetched as MariaDB is.</summary>
public sealed class ChromiumTests
{
    [Fact]
    public async Task FetchAsync_NoApt_SaysWhatIsMissing()
    {
        using var folder = TestFolder.Create("chromium");

        var problem = await Assert.ThrowsAsync<ProvisioningException>(() => Chromium.FetchAsync(
            folder.Path, AptHost.System() with { ProgramFolders = [] }, null, TestContext.Current.CancellationToken));

        Assert.Contains("No Chromium on this machine", problem.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get and dpkg", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_EmptyCache_GivesABrowserThatDrawsText()
    {
        Require.LongRun();
        using var folder = TestFolder.Create("chromium");
        var chromium = await Chromium.FetchAsync(folder.Path, AptHost.System(), null, TestContext.Current.CancellationToken);

        var picture = Path.Combine(folder.Path, "page.png");
        var page = Path.Combine(folder.Path, "page.html");
        await File.WriteAllTextAsync(page, "<p>Text</p>", TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(
            chromium.Program, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--screenshot={picture}", "file://" + page])
        {
            RedirectStandardError = true,
        };
        foreach (var (name, value) in chromium.Variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(File.Exists(picture), errors);
    }
}
