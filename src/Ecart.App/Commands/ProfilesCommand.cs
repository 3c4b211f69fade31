using System.CommandLine;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.Streaming.Pipeline;

namespace Ecart.App.Commands;

/// <summary><c>ecart profiles</c>.</summary>
internal static class ProfilesCommand
{
    public static Command Make()
    {
        var rebuild = new Command(
            "rebuild",
            "Make all profiles, verdict histories and populations again from the stored log and publish them, with nearest-neighbour statistics. "
            + "Takes over the lanes: a replay that runs meanwhile ends and can be resumed.");
        rebuild.SetAction((_, cancellationToken) => RebuildAsync(cancellationToken));
        return new Command("profiles", "What is normal for each account.") { rebuild };
    }

    private static async Task<int> RebuildAsync(CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
        var rebuild = new ProfileRebuild(store.ConnectionString, store.Options, store.ConfigurationVersion, TimeProvider.System, store.Models);
        var read = new EntryCount();
        ProfileRebuildResult result = await LiveProgress.RunAsync(
            "Rebuilding profiles",
            () => double.NaN,
            () => $"{read.Value:N0} log entries read",
            () => rebuild.RunAsync(read, cancellationToken)).ConfigureAwait(false);
        Output.Result($"{result.Profiles:N0} profiles rebuilt from {result.Entries:N0} log entries.");
        return ExitCode.Done;
    }
}
