using System.CommandLine;
using Ecart.App.Domains;
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
        Argument<string> domain = ServedDomains.MakeArgument(isOptional: true);
        var rebuild = new Command(
            "rebuild",
            "Make all profiles, verdict histories and populations again from a domain's stored log and publish them. "
            + "Takes over the lanes: a replay that runs meanwhile ends and can be resumed.") { domain };
        rebuild.SetAction((parsed, cancellationToken) => RebuildAsync(ServedDomains.Of(parsed, domain), cancellationToken));
        return new Command("profiles", "What is normal for each entity.") { rebuild };
    }

    private static async Task<int> RebuildAsync(IServedDomain domain, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        var read = new EntryCount();
        ProfileRebuildResult result = await LiveProgress.RunAsync(
            "Rebuilding profiles",
            () => double.NaN,
            () => $"{read.Value:N0} log entries read",
            () => domain.RebuildAsync(store, read, cancellationToken)).ConfigureAwait(false);
        Output.Result($"{result.Profiles:N0} profiles rebuilt from {result.Entries:N0} log entries.");
        return ExitCode.Done;
    }
}
