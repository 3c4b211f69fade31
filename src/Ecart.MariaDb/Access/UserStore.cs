using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Access;

/// <summary>The people who may sign in. Every change is in the audit log, in its own transaction. Thread-safe.</summary>
public sealed class UserStore(string connectionString)
{
    private const string Columns = "user_id, name, role, password_hash, is_disabled, created_at, last_sign_in_at";
    private readonly PooledStore store = new(connectionString);

    /// <summary>All of them, by name.</summary>
    public Task<IReadOnlyList<UserAccount>> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync($"SELECT {Columns} FROM access_users ORDER BY name", Read, cancellationToken);

    /// <summary>Finds a person by name; null when there is none.</summary>
    public async Task<UserAccount?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await store.ReadAsync($"SELECT {Columns} FROM access_users WHERE name = @name", Read, cancellationToken, ("@name", name)).ConfigureAwait(false))
        is [var found] ? found : null;

    /// <summary>Whether anybody could sign in as an administrator.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="withIdentities">Whether people can sign in whom another service vouches for.</param>
    public async Task<bool> HasAdministratorAsync(CancellationToken cancellationToken, bool withIdentities = false) =>
        (await store.ReadAsync(
            """
            SELECT 1 FROM access_users u WHERE u.role = 'admin' AND NOT u.is_disabled
                AND (u.password_hash IS NOT NULL OR (@identities AND EXISTS (SELECT 1 FROM access_identities i WHERE i.user_id = u.user_id))) LIMIT 1
            """,
            row => row.GetInt32(0), cancellationToken, ("@identities", withIdentities)).ConfigureAwait(false)).Count > 0;

    /// <summary>Adds a person, who cannot sign in before a password was chosen.</summary>
    /// <returns>False when the name is taken.</returns>
    public Task<bool> AddAsync(string name, AccessRole role, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            int added = await PooledStore.ExecuteAsync(
                transaction, "INSERT IGNORE INTO access_users (name, role, created_by) VALUES (@name, @role, @by)", cancellationToken,
                ("@name", name), ("@role", StoredNames.Of(role)), ("@by", by)).ConfigureAwait(false);
            if (added == 0) return false;
            await TellAsync(transaction, by, "add", name, role, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Gives a person another role; what they may do in sessions that run changes at once.</summary>
    /// <returns>False when there is no such person.</returns>
    public Task<bool> SetRoleAsync(string name, AccessRole role, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            int found = await PooledStore.ExecuteAsync(
                transaction, "UPDATE access_users SET role = @role WHERE name = @name", cancellationToken, ("@role", StoredNames.Of(role)), ("@name", name)).ConfigureAwait(false);
            if (found == 0) return false;
            await TellAsync(transaction, by, "set_role", name, role, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Shuts a person out, or lets them in again. Shutting out ends their sessions and invitations.</summary>
    /// <returns>False when there is no such person.</returns>
    public Task<bool> SetDisabledAsync(string name, bool isDisabled, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            int found = await PooledStore.ExecuteAsync(
                transaction, "UPDATE access_users SET is_disabled = @disabled WHERE name = @name", cancellationToken, ("@disabled", isDisabled), ("@name", name)).ConfigureAwait(false);
            if (found == 0) return false;
            if (isDisabled) await EndAllAsync(transaction, name, cancellationToken).ConfigureAwait(false);
            await AuditLog.AppendAsync(transaction, by, isDisabled ? "disable" : "enable", "user", name, null, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Gives a person a password and ends their sessions and invitations.</summary>
    /// <returns>False when there is no such person.</returns>
    public Task<bool> SetPasswordAsync(string name, string passwordHash, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        transaction => SetPasswordAsync(transaction, name, passwordHash, by, cancellationToken), cancellationToken);

    /// <summary>Keeps a hash that was made anew of the same password, by a stronger recipe.</summary>
    public Task StrengthenAsync(long userId, string oldHash, string newHash, CancellationToken cancellationToken) => store.ChangeAsync(
        transaction => PooledStore.ExecuteAsync(
            transaction, "UPDATE access_users SET password_hash = @new WHERE user_id = @user AND password_hash = @old", cancellationToken,
            ("@new", newHash), ("@user", userId), ("@old", oldHash)),
        cancellationToken);

    /// <summary>Changes a password within a transaction.</summary>
    internal static async Task<bool> SetPasswordAsync(MySqlTransaction transaction, string name, string passwordHash, string by, CancellationToken cancellationToken)
    {
        int found = await PooledStore.ExecuteAsync(
            transaction, "UPDATE access_users SET password_hash = @hash WHERE name = @name", cancellationToken, ("@hash", passwordHash), ("@name", name)).ConfigureAwait(false);
        if (found == 0) return false;
        await EndAllAsync(transaction, name, cancellationToken).ConfigureAwait(false);
        await AuditLog.AppendAsync(transaction, by, "set_password", "user", name, null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task EndAllAsync(MySqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        foreach (string table in (string[])["access_sessions", "access_invitations"])
        {
            await PooledStore.ExecuteAsync(
                transaction, $"DELETE FROM {table} WHERE user_id = (SELECT user_id FROM access_users WHERE name = @name)", cancellationToken, ("@name", name)).ConfigureAwait(false);
        }
    }

    private static Task TellAsync(MySqlTransaction transaction, string by, string action, string name, AccessRole role, CancellationToken cancellationToken) =>
        AuditLog.AppendAsync(transaction, by, action, "user", name, new Dictionary<string, string> { ["role"] = StoredNames.Of(role) }, cancellationToken);

    /// <summary>One row of the columns in their order.</summary>
    internal static UserAccount Read(MySqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), StoredNames.RoleOf(row.GetString(2)), PooledStore.Text(row, 3), row.GetBoolean(4), row.GetDateTime(5), PooledStore.Time(row, 6));
}
