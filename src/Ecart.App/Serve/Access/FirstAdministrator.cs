using Ecart.App.Terminal;
using Ecart.MariaDb.Access;

namespace Ecart.App.Serve.Access;

/// <summary>Lets somebody in where nobody could sign in as an administrator yet.</summary>
internal static class FirstAdministrator
{
    /// <summary>The user that is made.</summary>
    public const string Name = "admin";

    /// <summary>How long a link is valid.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(24);

    /// <summary>Prints a link that is good for once, unless there is an administrator. Whoever was shut out or given less stays so: then it says what to do.</summary>
    /// <param name="connectionString">The store.</param>
    /// <param name="address">Where people reach the service.</param>
    /// <param name="withIdentities">Whether people can sign in whom another service vouches for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task InviteAsync(string connectionString, string address, bool withIdentities, CancellationToken cancellationToken)
    {
        var users = new UserStore(connectionString);
        if (await users.HasAdministratorAsync(cancellationToken, withIdentities).ConfigureAwait(false)) return;
        await users.AddAsync(Name, AccessRole.Admin, "ecart", cancellationToken).ConfigureAwait(false);
        if (await users.FindAsync(Name, cancellationToken).ConfigureAwait(false) is { } user && (user.IsDisabled || user.Role != AccessRole.Admin))
        {
            Output.Warning($"nobody can sign in as an administrator, and the user '{Name}' {(user.IsDisabled ? "is shut out" : "has another role")}: 'ecart users add NAME --role admin' makes another, "
                + (user.IsDisabled ? $"'ecart users enable {Name}' lets them in again." : $"'ecart users set-role {Name} admin' makes them one."));
            return;
        }

        string secret = Secret.Make();
        if (!await new InvitationStore(connectionString).AddAsync(Name, Secret.Hash(secret), Validity, "ecart", cancellationToken).ConfigureAwait(false)) return;
        // On standard output, not in the log: whoever reads it becomes the administrator.
        Output.Result($"Nobody can sign in yet. Choose the password of '{Name}' at {LinkOf(address, secret)} (good once, for {Validity.TotalHours:F0} hours).");
    }

    /// <summary>The link of an invitation.</summary>
    public static string LinkOf(string address, string secret) => $"{address.TrimEnd('/')}/console/invitation/{secret}";
}
