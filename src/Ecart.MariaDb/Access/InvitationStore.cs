using MySqlConnector;

namespace Ecart.MariaDb.Access;

/// <summary>Links by which a person chooses a password, once. What is kept of a link's secret is its SHA-256. Thread-safe.</summary>
public sealed class InvitationStore(string connectionString)
{
    private const string Valid =
        """
        SELECT u.name FROM access_invitations i JOIN access_users u ON u.user_id = i.user_id
        WHERE i.secret_hash = @hash AND i.expires_at > UTC_TIMESTAMP(6) AND NOT u.is_disabled
        """;

    private readonly PooledStore store = new(connectionString);

    /// <summary>Invites a person.</summary>
    /// <returns>False when there is no such person.</returns>
    public Task<bool> AddAsync(string name, byte[] secretHash, TimeSpan lifetime, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            await PooledStore.ExecuteAsync(transaction, "DELETE FROM access_invitations WHERE expires_at < UTC_TIMESTAMP(6)", cancellationToken).ConfigureAwait(false);
            int added = await PooledStore.ExecuteAsync(
                transaction,
                """
                INSERT INTO access_invitations (secret_hash, user_id, expires_at)
                SELECT @hash, user_id, UTC_TIMESTAMP(6) + INTERVAL @seconds SECOND FROM access_users WHERE name = @name AND NOT is_disabled
                """,
                cancellationToken,
                ("@hash", secretHash), ("@name", name), ("@seconds", (long)lifetime.TotalSeconds)).ConfigureAwait(false);
            if (added == 0) return false;
            await AuditLog.AppendAsync(transaction, by, "invite", "user", name, null, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Whom a valid link invites; null when it is none.</summary>
    public async Task<string?> FindAsync(byte[] secretHash, CancellationToken cancellationToken) =>
        (await store.ReadAsync(Valid, row => row.GetString(0), cancellationToken, ("@hash", secretHash)).ConfigureAwait(false)) is [var name] ? name : null;

    /// <summary>Gives the invited person a password and uses the link up, with all others of that person.</summary>
    /// <returns>Their name; null when the link is not valid.</returns>
    public Task<string?> RedeemAsync(byte[] secretHash, string passwordHash, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            string? name;
            await using (MySqlCommand find = PooledStore.Command(transaction, Valid + " FOR UPDATE", ("@hash", secretHash)))
                name = await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
            if (name is not null) await UserStore.SetPasswordAsync(transaction, name, passwordHash, name, cancellationToken).ConfigureAwait(false);
            return name;
        },
        cancellationToken);
}
