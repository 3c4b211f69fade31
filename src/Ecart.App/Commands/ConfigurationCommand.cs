using System.CommandLine;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Configuration;
using Ecart.Scoring;

namespace Ecart.App.Commands;

/// <summary><c>ecart configuration</c>.</summary>
internal static class ConfigurationCommand
{
    public static Command Make()
    {
        Option<string> domain = ServedDomains.MakeOption("Domain of the settings");
        var show = new Command("show", "Print the active settings of a domain as JSON, all with their values.") { domain };
        show.SetAction((parsed, cancellationToken) => ShowAsync(Of(parsed, domain), cancellationToken));

        var file = new Argument<FileInfo>("FILE") { Description = "JSON as 'show' prints it; absent settings take their defaults." };
        file.AcceptExistingOnly();
        Option<string> reason = Reason();
        var apply = new Command("apply", "Check settings and make them the active version. Later events are scored by it.") { file, reason, domain };
        apply.SetAction((parsed, cancellationToken) =>
            ApplyAsync(Of(parsed, domain), parsed.GetRequiredValue(file), parsed.GetRequiredValue(reason), cancellationToken));

        var version = new Argument<int>("VERSION") { Description = "Number of an earlier version." };
        Option<string> why = Reason();
        var activate = new Command("activate", "Go back, or forth, to a version that exists.") { version, why, domain };
        activate.SetAction((parsed, cancellationToken) =>
            ActivateAsync(Of(parsed, domain), parsed.GetRequiredValue(version), parsed.GetRequiredValue(why), cancellationToken));
        return new Command("configuration", "The constants by which events are scored: versioned, with a reason for every change.") { show, apply, activate };
    }

    private static Option<string> Reason() => new("--reason") { Required = true, Description = "Why, for those who read the audit log later." };

    private static IServedDomain Of(ParseResult parsed, Option<string> domain) => ServedDomains.Find(parsed.GetRequiredValue(domain))!;

    private static async Task<int> ShowAsync(IServedDomain domain, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        Output.Note($"Version {store.ConfigurationVersion}:");
        Output.Result(store.Settings.Text);
        return ExitCode.Done;
    }

    private static async Task<int> ApplyAsync(IServedDomain domain, FileInfo file, string reason, CancellationToken cancellationToken)
    {
        IDomainSettings settings = Read(domain, file, await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false));
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        int version = await new ConfigurationStore(store.ConnectionString).AddVersionAsync(
            domain.Name, settings.Text, reason, Environment.UserName, activate: true, cancellationToken)
            .ConfigureAwait(false);
        await domain.ActivatedAsync(settings, version, store.ConnectionString, cancellationToken).ConfigureAwait(false);
        Output.Result($"Version {version} is active. 'ecart configuration activate {store.ConfigurationVersion} --reason ...' goes back.");
        return ExitCode.Done;
    }

    private static IDomainSettings Read(IServedDomain domain, FileInfo file, string json)
    {
        try
        {
            return domain.Read(json);
        }
        catch (OptionsException error)
        {
            throw new CommandException(
                $"{file.Name}: {error.Message} Nothing has changed; 'ecart configuration show --domain {domain.Name}' prints all settings in the form that is read.", ExitCode.Usage);
        }
    }

    private static async Task<int> ActivateAsync(IServedDomain domain, int version, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        try
        {
            var configuration = new ConfigurationStore(store.ConnectionString);
            await configuration.ActivateAsync(domain.Name, version, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
            ActiveConfiguration active = (await configuration.GetActiveAsync(domain.Name, cancellationToken).ConfigureAwait(false))!;
            await domain.ActivatedAsync(domain.Read(active.Settings), active.Version, store.ConnectionString, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException error)
        {
            throw new CommandException(error.Message, ExitCode.Usage);
        }

        Output.Result($"Version {version} is active.");
        return ExitCode.Done;
    }
}
