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

    /// <summary>Prints a link that is good for once, unless there is an administrator.</summary>
    public static async Task InviteAsync(string connectionString, string address, CancellationToken cancellationToken)
    {
        var users = new UserStore(connectionString);
        if (await users.HasAdministratorAsync(cancellationToken).ConfigureAwait(false)) return;
        await users.AddAsync(Name, AccessRole.Admin, "ecart", cancellationToken).ConfigureAwait(false);
        string secret = Secret.Make();
        if (!await new InvitationStore(connectionString).AddAsync(Name, Secret.Hash(secret), Validity, "ecart", cancellationToken).ConfigureAwait(false)) return;
        // On standard output, not in the log: whoever reads it becomes the administrator.
        Output.Result($"Nobody can sign in yet. Choose the password of '{Name}' at {LinkOf(address, secret)} (good once, for {Validity.TotalHours:F0} hours).");
    }

    /// <summary>The link of an invitation.</summary>
    public static string LinkOf(string address, string secret) => $"{address.TrimEnd('/')}/console/invitation/{secret}";
}
