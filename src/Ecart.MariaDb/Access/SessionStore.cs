using Ecart.MariaDb.Writing;

namespace Ecart.MariaDb.Access;

/// <summary>Sessions of people who signed in: in the store, so that every node knows them and a restart ends none. Thread-safe.</summary>
public sealed class SessionStore(string connectionString)
{
    private readonly PooledStore store = new(connectionString);

    /// <summary>Begins a session. Sessions whose time is over are deleted on the way.</summary>
    public Task BeginAsync(UserAccount user, byte[] secretHash, TimeSpan lifetime, string address, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            await PooledStore.ExecuteAsync(transaction, "DELETE FROM access_sessions WHERE expires_at < UTC_TIMESTAMP(6)", cancellationToken).ConfigureAwait(false);
            await PooledStore.ExecuteAsync(
                transaction,
                "INSERT INTO access_sessions (secret_hash, user_id, expires_at) VALUES (@hash, @user, UTC_TIMESTAMP(6) + INTERVAL @seconds SECOND)",
                cancellationToken,
                ("@hash", secretHash), ("@user", user.Id), ("@seconds", (long)lifetime.TotalSeconds)).ConfigureAwait(false);
            await PooledStore.ExecuteAsync(
                transaction, "UPDATE access_users SET last_sign_in_at = UTC_TIMESTAMP(6) WHERE user_id = @user", cancellationToken, ("@user", user.Id)).ConfigureAwait(false);
            var detail = new Dictionary<string, string> { ["address"] = address };
            await AuditLog.AppendAsync(transaction, user.Name, "sign_in", "user", user.Name, detail, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>The session with a secret, if it is valid now: not ended, not expired, and its user not shut out.</summary>
    public async Task<AccessSession?> FindAsync(byte[] secretHash, CancellationToken cancellationToken) =>
        (await store.ReadAsync(
            """
            SELECT u.user_id, u.name, u.role, s.expires_at
            FROM access_sessions s JOIN access_users u ON u.user_id = s.user_id
            WHERE s.secret_hash = @hash AND s.expires_at > UTC_TIMESTAMP(6) AND NOT u.is_disabled
            """,
            row => new AccessSession(row.GetInt64(0), row.GetString(1), StoredNames.RoleOf(row.GetString(2)), row.GetDateTime(3)),
            cancellationToken,
            ("@hash", secretHash)).ConfigureAwait(false)) is [var found] ? found : null;

    /// <summary>Ends a session.</summary>
    public Task EndAsync(byte[] secretHash, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            int ended = await PooledStore.ExecuteAsync(
                transaction, "DELETE FROM access_sessions WHERE secret_hash = @hash", cancellationToken, ("@hash", secretHash)).ConfigureAwait(false);
            if (ended > 0) await AuditLog.AppendAsync(transaction, by, "sign_out", "user", by, null, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
