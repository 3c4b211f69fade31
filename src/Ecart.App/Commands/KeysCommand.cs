using System.CommandLine;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Http;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Access;

namespace Ecart.App.Commands;

/// <summary><c>ecart keys</c>.</summary>
internal static class KeysCommand
{
    public static Command Make() => new("keys", "The keys by which programs have access: create, list, revoke.") { Create(), List(), Revoke() };

    private static Command Create()
    {
        Argument<string> name = AccessArguments.MakeName("Name of the key: " + AccountName.Form + ".");
        Option<AccessRole> role = AccessArguments.MakeRole();
        var command = new Command("create", "Make a key and print it, this once: only its hash is kept.") { name, role };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
            string secret = Secret.KeyPrefix + Secret.Make();
            string called = parsed.GetRequiredValue(name);
            if (!await new KeyStore(store.ConnectionString).AddAsync(called, parsed.GetValue(role), Secret.Hash(secret), AccessArguments.Actor, cancellationToken).ConfigureAwait(false))
                throw new CommandException($"There is or was a key '{called}'. Choose another name: the audit log must tell them apart.", ExitCode.Usage);
            Output.Result(secret);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the keys: name, role, who made them when, state.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
            foreach (AccessKey key in await new KeyStore(store.ConnectionString).ReadAsync(cancellationToken).ConfigureAwait(false))
                Output.Result(FormattableString.Invariant($"{key.Name,-24} {Names.Of(key.Role),-8} {key.CreatedBy,-24} {key.CreatedAt:yyyy-MM-ddTHH:mm:ss}Z {(key.RevokedAt is null ? "valid" : "revoked")}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke()
    {
        Argument<string> name = AccessArguments.MakeName("The key.");
        var command = new Command("revoke", "Make a key invalid for good; a running service refuses it within 2 seconds.") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
            string called = parsed.GetRequiredValue(name);
            if (!await new KeyStore(store.ConnectionString).RevokeAsync(called, AccessArguments.Actor, cancellationToken).ConfigureAwait(false))
                throw new CommandException($"There is no valid key '{called}'. 'ecart keys list' shows them.", ExitCode.Usage);
            Output.Result("Done.");
            return ExitCode.Done;
        });
        return command;
    }
}
