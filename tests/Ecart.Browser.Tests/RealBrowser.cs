using System.Collections;
using System.Runtime.ExceptionServices;
using Ecart.TestKit.Browsing;
using Microsoft.Playwright;
using Xunit;

namespace Ecart.Browser.Tests;

/// <summary>One Chromium for the tests of this process. It starts with the first page asked for.</summary>
public sealed class RealBrowser : IAsyncDisposable
{
    private IPlaywright? playwright;
    private IBrowser? browser;
    private Chromium? chromium;
    private Exception? absence;

    /// <summary>The browser. Without Chromium the test is skipped, and fails where CI=true.</summary>
    public async Task<IBrowser> OpenAsync()
    {
        if (browser is { IsConnected: true }) return browser;
        chromium ??= await FindAsync();
        playwright ??= await Playwright.CreateAsync();
        return browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium.Program,
            // Containers give /dev/shm 64 MB.
            Args = ["--disable-dev-shm-usage", "--disable-gpu"],
            Env = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""))
                .Where(variable => !chromium.Variables.ContainsKey(variable.Key)).Concat(chromium.Variables),
        });
    }

    /// <summary>Looked for once: what cannot be fetched for one test cannot be for the next.</summary>
    private async Task<Chromium> FindAsync()
    {
        if (absence is not null) ExceptionDispatchInfo.Throw(absence);
        try
        {
            return await Chromium.RequireAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            absence = problem;
            throw;
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
