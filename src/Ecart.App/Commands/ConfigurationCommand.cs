using System.CommandLine;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Configuration;

namespace Ecart.App.Commands;

/// <summary><c>ecart configuration</c>.</summary>
internal static class ConfigurationCommand
{
    public static Command Make()
    {
        var show = new Command("show", "Print the active settings of transactions as JSON, all with their values.");
        show.SetAction((_, cancellationToken) => ShowAsync(cancellationToken));

        var file = new Argument<FileInfo>("FILE") { Description = "JSON as 'show' prints it; absent settings take their defaults." };
        file.AcceptExistingOnly();
        Option<string> reason = Reason();
        var apply = new Command("apply", "Check settings and make them the active version. Later events are scored by it.") { file, reason };
        apply.SetAction((parsed, cancellationToken) =>
            ApplyAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(reason), cancellationToken));

        var version = new Argument<int>("VERSION") { Description = "Number of an earlier version." };
        Option<string> why = Reason();
        var activate = new Command("activate", "Go back, or forth, to a version that exists.") { version, why };
        activate.SetAction((parsed, cancellationToken) =>
            ActivateAsync(parsed.GetRequiredValue(version), parsed.GetRequiredValue(why), cancellationToken));
        return new Command("configuration", "The constants by which events are scored: versioned, with a reason for every change.") { show, apply, activate };
    }

    private static Option<string> Reason() => new("--reason") { Required = true, Description = "Why, for those who read the audit log later." };

    private static async Task<int> ShowAsync(CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
        Output.Note($"Version {store.ConfigurationVersion}:");
        Output.Result(TransactionOptionsJson.Serialize(store.Options));
        return ExitCode.Done;
    }

    private static async Task<int> ApplyAsync(FileInfo file, string reason, CancellationToken cancellationToken)
    {
        TransactionOptions options = TransactionOptionsJson.Deserialize(
            await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false));
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
        int version = await new ConfigurationStore(store.ConnectionString).AddVersionAsync(
            TransactionEvent.DomainName, TransactionOptionsJson.Serialize(options), reason, Environment.UserName, activate: true, cancellationToken)
            .ConfigureAwait(false);
        Output.Result($"Version {version} is active. 'ecart configuration activate {store.ConfigurationVersion} --reason ...' goes back.");
        return ExitCode.Done;
    }

    private static async Task<int> ActivateAsync(int version, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
        try
        {
            await new ConfigurationStore(store.ConnectionString)
                .ActivateAsync(TransactionEvent.DomainName, version, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException error)
        {
            throw new CommandException(error.Message, ExitCode.Usage);
        }

        Output.Result($"Version {version} is active.");
        return ExitCode.Done;
    }
}
