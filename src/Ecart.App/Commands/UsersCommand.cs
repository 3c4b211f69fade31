using System.CommandLine;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Http;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Access;

namespace Ecart.App.Commands;

/// <summary><c>ecart users</c>.</summary>
internal static class UsersCommand
{
    private const string DefaultAddress = "http://127.0.0.1:8080";

    public static Command Make() => new("users", "The people who may sign in to the console: add, list, invite, set-role, disable, enable.")
    {
        Add(), List(), Invite(), SetRole(), SetDisabled("disable", "Shut a user out, at once: their sessions end.", true), SetDisabled("enable", "Let a user in again.", false),
    };

    private static Command Add()
    {
        Argument<string> name = AccessArguments.MakeName("Name to sign in with: " + AccountName.Form + ".");
        Option<AccessRole> role = AccessArguments.MakeRole();
        Option<string> address = MakeAddress();
        var command = new Command("add", "Add a user and print the link, good once, by which they choose a password.") { name, role, address };
        command.SetAction((parsed, cancellationToken) => WithStoreAsync(
            async connectionString =>
            {
                string who = parsed.GetRequiredValue(name);
                if (!await new UserStore(connectionString).AddAsync(who, parsed.GetValue(role), AccessArguments.Actor, cancellationToken).ConfigureAwait(false))
                    throw new CommandException($"There is a user '{who}' already. 'ecart users list' shows them.", ExitCode.Usage);
                await InviteAsync(connectionString, who, parsed.GetRequiredValue(address), cancellationToken).ConfigureAwait(false);
            },
            cancellationToken));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the users: name, role, state, last sign-in.");
        command.SetAction((_, cancellationToken) => WithStoreAsync(
            async connectionString =>
            {
                foreach (UserAccount user in await new UserStore(connectionString).ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    string state = user.IsDisabled ? "disabled" : user.PasswordHash is null ? "invited" : "active";
                    Output.Result(FormattableString.Invariant($"{user.Name,-24} {Names.Of(user.Role),-8} {state,-9} {(user.LastSignInAt is { } last ? last.ToString("yyyy-MM-ddTHH:mm:ss'Z'") : "never")}"));
                }
            },
            cancellationToken));
        return command;
    }

    private static Command Invite()
    {
        Argument<string> name = AccessArguments.MakeName("The user.");
        Option<string> address = MakeAddress();
        var command = new Command("invite", "Print a link, good once, by which a user chooses a new password.") { name, address };
        command.SetAction((parsed, cancellationToken) => WithStoreAsync(
            connectionString => InviteAsync(connectionString, parsed.GetRequiredValue(name), parsed.GetRequiredValue(address), cancellationToken), cancellationToken));
        return command;
    }

    private static Command SetRole()
    {
        Argument<string> name = AccessArguments.MakeName("The user.");
        Argument<AccessRole> role = AccessArguments.MakeRoleArgument();
        var command = new Command("set-role", "Give a user another role, at once.") { name, role };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed.GetRequiredValue(name), (users, who) => users.SetRoleAsync(who, parsed.GetValue(role), AccessArguments.Actor, cancellationToken), cancellationToken));
        return command;
    }

    private static Command SetDisabled(string verb, string description, bool isDisabled)
    {
        Argument<string> name = AccessArguments.MakeName("The user.");
        var command = new Command(verb, description) { name };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed.GetRequiredValue(name), (users, who) => users.SetDisabledAsync(who, isDisabled, AccessArguments.Actor, cancellationToken), cancellationToken));
        return command;
    }

    private static Option<string> MakeAddress() => new("--address")
    {
        Description = "Where people reach the service, for the link.",
        DefaultValueFactory = _ => DefaultAddress,
    };

    private static async Task InviteAsync(string connectionString, string name, string address, CancellationToken cancellationToken)
    {
        string secret = Secret.Make();
        if (!await new InvitationStore(connectionString).AddAsync(name, Secret.Hash(secret), FirstAdministrator.Validity, AccessArguments.Actor, cancellationToken).ConfigureAwait(false))
            throw Unknown(name);
        Output.Result(FirstAdministrator.LinkOf(address, secret));
        Output.Note($"Good once, for {FirstAdministrator.Validity.TotalHours:F0} hours: give it to {name} alone.");
    }

    private static Task<int> ChangeAsync(string name, Func<UserStore, string, Task<bool>> change, CancellationToken cancellationToken) => WithStoreAsync(
        async connectionString =>
        {
            if (!await change(new UserStore(connectionString), name).ConfigureAwait(false)) throw Unknown(name);
            Output.Result("Done.");
        },
        cancellationToken);

    private static CommandException Unknown(string name) =>
        new($"There is no user '{name}' who may sign in. 'ecart users list' shows them.", ExitCode.Usage);

    private static async Task<int> WithStoreAsync(Func<string, Task> work, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        await work(store.ConnectionString).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
