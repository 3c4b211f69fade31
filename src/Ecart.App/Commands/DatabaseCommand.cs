using System.CommandLine;
using Ecart.App.Store;
using Ecart.App.Terminal;

namespace Ecart.App.Commands;

/// <summary><c>ecart database</c>.</summary>
internal static class DatabaseCommand
{
    public static Command Make()
    {
        var command = new Command("database", "Keep the private database running until Ctrl-C, to look into it with any SQL client.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
        ConnectionHint.Show(store);
        await ConnectionHint.WaitForStopAsync(store, cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
