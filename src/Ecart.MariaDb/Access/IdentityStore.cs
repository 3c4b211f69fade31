using System.Security.Cryptography;
using System.Text;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Access;

/// <summary>
/// People whom another service vouches for. They are known by issuer and subject, never by name: who has a name there that somebody has here does not become that
/// person. Every change is in the audit log. Thread-safe.
/// </summary>
public sealed class IdentityStore(string connectionString)
{
    /// <summary>Characters of an issuer, at most.</summary>
    public const int LongestIssuer = 500;

    /// <summary>Characters of a subject, at most.</summary>
    public const int LongestSubject = 255;

    private const string Actor = "openid";
    private readonly PooledStore store = new(connectionString);

    /// <summary>The user who is this person, added when they are new, with the role that they have there now.</summary>
    /// <param name="issuer">Who vouches.</param>
    /// <param name="subject">Who they are to the issuer, for good.</param>
    /// <param name="name">Their name, for one who is new.</param>
    /// <param name="role">What they may do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<(IdentityOutcome Outcome, UserAccount? User)> EnterAsync(
        string issuer, string subject, string name, AccessRole role, CancellationToken cancellationToken)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}"));
        return store.ChangeAsync<(IdentityOutcome Outcome, UserAccount? User)>(
            async transaction =>
            {
                UserAccount? user = await FindAsync(transaction, hash, cancellationToken).ConfigureAwait(false);
                if (user is null)
                {
                    if (!await AddAsync(transaction, hash, issuer, subject, name, role, cancellationToken).ConfigureAwait(false)) return (IdentityOutcome.NameTaken, null);
                    user = await FindAsync(transaction, hash, cancellationToken).ConfigureAwait(false);
                }

                if (user!.IsDisabled) return (IdentityOutcome.Disabled, user);
                if (user.Role == role) return (IdentityOutcome.Entered, user);
                await PooledStore.ExecuteAsync(
                    transaction, "UPDATE access_users SET role = @role WHERE user_id = @user", cancellationToken, ("@role", StoredNames.Of(role)), ("@user", user.Id)).ConfigureAwait(false);
                await TellAsync(transaction, "set_role", user.Name, role, cancellationToken).ConfigureAwait(false);
                return (IdentityOutcome.Entered, user with { Role = role });
            },
            cancellationToken);
    }

    private static async Task<UserAccount?> FindAsync(MySqlTransaction transaction, byte[] hash, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = PooledStore.Command(
            transaction,
            """
            SELECT user_id, name, role, password_hash, is_disabled, created_at, last_sign_in_at
            FROM access_users WHERE user_id = (SELECT user_id FROM access_identities WHERE identity_hash = @hash) FOR UPDATE
            """,
            ("@hash", hash));
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? UserStore.Read(row) : null;
    }

    private static async Task<bool> AddAsync(
        MySqlTransaction transaction, byte[] hash, string issuer, string subject, string name, AccessRole role, CancellationToken cancellationToken)
    {
        int added = await PooledStore.ExecuteAsync(
            transaction, "INSERT IGNORE INTO access_users (name, role, created_by) VALUES (@name, @role, @by)", cancellationToken,
            ("@name", name), ("@role", StoredNames.Of(role)), ("@by", Actor)).ConfigureAwait(false);
        if (added == 0) return false;
        await PooledStore.ExecuteAsync(
            transaction,
            "INSERT INTO access_identities (identity_hash, user_id, issuer, subject) SELECT @hash, user_id, @issuer, @subject FROM access_users WHERE name = @name",
            cancellationToken,
            ("@hash", hash), ("@issuer", issuer), ("@subject", subject), ("@name", name)).ConfigureAwait(false);
        await TellAsync(transaction, "add", name, role, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static Task TellAsync(MySqlTransaction transaction, string action, string name, AccessRole role, CancellationToken cancellationToken) =>
        AuditLog.AppendAsync(transaction, Actor, action, "user", name, new Dictionary<string, string> { ["role"] = StoredNames.Of(role) }, cancellationToken);
}
