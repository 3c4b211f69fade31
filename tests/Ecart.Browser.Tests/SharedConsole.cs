using Ecart.TestKit;

namespace Ecart.Browser.Tests;

/// <summary>The console that the tests of a class share. It starts with the first test.</summary>
public sealed class SharedConsole : IAsyncDisposable
{
    private StockedConsole? console;

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (console is not null) await console.DisposeAsync();
    }

    internal async Task<StockedConsole> OpenAsync(MariaDbFixture server) => console ??= await StockedConsole.StartAsync(server);
}
