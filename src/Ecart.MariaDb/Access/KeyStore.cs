using Ecart.MariaDb.Writing;

namespace Ecart.MariaDb.Access;

/// <summary>The keys of programs. What is kept of a secret is its SHA-256. Every change is in the audit log. Thread-safe.</summary>
public sealed class KeyStore(string connectionString)
{
    private readonly PooledStore store = new(connectionString);

    /// <summary>All of them, revoked ones too, by name.</summary>
    public Task<IReadOnlyList<AccessKey>> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(
        "SELECT name, role, created_by, created_at, revoked_at FROM access_keys ORDER BY name",
        row => new AccessKey(row.GetString(0), StoredNames.RoleOf(row.GetString(1)), row.GetString(2), row.GetDateTime(3), PooledStore.Time(row, 4)),
        cancellationToken);

    /// <summary>Adds a key.</summary>
    /// <returns>False when the name is taken, be it by a revoked key: the audit log must not take two for one.</returns>
    public Task<bool> AddAsync(string name, AccessRole role, byte[] secretHash, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            int added = await PooledStore.ExecuteAsync(
                transaction, "INSERT IGNORE INTO access_keys (name, role, secret_hash, created_by) VALUES (@name, @role, @hash, @by)", cancellationToken,
                ("@name", name), ("@role", StoredNames.Of(role)), ("@hash", secretHash), ("@by", by)).ConfigureAwait(false);
            if (added == 0) return false;
            var detail = new Dictionary<string, string> { ["role"] = StoredNames.Of(role) };
            await AuditLog.AppendAsync(transaction, by, "create", "key", name, detail, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Makes a key invalid, at once and for good.</summary>
    /// <returns>False when there is no such key that is valid.</returns>
    public Task<bool> RevokeAsync(string name, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            int found = await PooledStore.ExecuteAsync(
                transaction, "UPDATE access_keys SET revoked_at = UTC_TIMESTAMP(6) WHERE name = @name AND revoked_at IS NULL", cancellationToken, ("@name", name)).ConfigureAwait(false);
            if (found == 0) return false;
            await AuditLog.AppendAsync(transaction, by, "revoke", "key", name, null, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Name and role of the valid key with a secret; null when there is none.</summary>
    public async Task<(string Name, AccessRole Role)?> FindAsync(byte[] secretHash, CancellationToken cancellationToken) =>
        (await store.ReadAsync(
            "SELECT name, role FROM access_keys WHERE secret_hash = @hash AND revoked_at IS NULL",
            row => (row.GetString(0), StoredNames.RoleOf(row.GetString(1))),
            cancellationToken,
            ("@hash", secretHash)).ConfigureAwait(false)) is [var found] ? found : null;
}
