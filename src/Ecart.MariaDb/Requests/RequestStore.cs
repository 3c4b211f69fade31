using System.Security.Cryptography;
using MySqlConnector;

namespace Ecart.MariaDb.Requests;

/// <summary>Requests that programs sent under a key of their own, and what was answered, for a day. Thread-safe.</summary>
/// <param name="connectionString">The database.</param>
/// <param name="hold">After how long whoever carries a request out is taken for dead.</param>
public sealed class RequestStore(string connectionString, TimeSpan hold)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private const int TokenBytes = 16;
    private readonly PooledStore store = new(connectionString);

    /// <summary>Claims a request, or tells what is known of it. Rows whose time is over are deleted on the way.</summary>
    /// <param name="actor">Who sends it: keys of different people never meet.</param>
    /// <param name="keyHash">SHA-256 of the key.</param>
    /// <param name="requestHash">SHA-256 of what is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RequestLookUp> ClaimAsync(string actor, byte[] keyHash, byte[] requestHash, CancellationToken cancellationToken)
    {
        await store.ChangeAsync(
            transaction => PooledStore.ExecuteAsync(transaction, "DELETE FROM api_requests WHERE expires_at < UTC_TIMESTAMP(6) LIMIT 100", cancellationToken),
            cancellationToken).ConfigureAwait(false);
        var claim = new RequestClaim(actor, keyHash, RandomNumberGenerator.GetBytes(TokenBytes));
        return await store.ChangeAsync(transaction => ClaimAsync(transaction, claim, requestHash, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps the answer of a request, or, when it changed nothing and failed, forgets the request so that it may be sent again.</summary>
    public Task SettleAsync(RequestClaim claim, RequestAnswer answer, bool isFailed, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            if (isFailed && await ForgetAsync(transaction, claim, cancellationToken).ConfigureAwait(false)) return true;
            await PooledStore.ExecuteAsync(
                transaction,
                """
                UPDATE api_requests SET status = @status, content_type = @type, location = @location, answer = @answer
                WHERE actor = @actor AND key_hash = @key AND claim = @claim AND status IS NULL
                """,
                cancellationToken,
                ("@status", answer.Status), ("@type", answer.ContentType), ("@location", answer.Location), ("@answer", answer.Body.ToArray()),
                ("@actor", claim.Actor), ("@key", claim.KeyHash), ("@claim", claim.Token)).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Gives a request up that has no answer to keep: when it changed something that stays known, else it is forgotten.</summary>
    public Task GiveUpAsync(RequestClaim claim, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            if (await ForgetAsync(transaction, claim, cancellationToken).ConfigureAwait(false)) return true;
            await PooledStore.ExecuteAsync(
                transaction,
                "UPDATE api_requests SET held_until = UTC_TIMESTAMP(6) WHERE actor = @actor AND key_hash = @key AND claim = @claim AND status IS NULL",
                cancellationToken,
                ("@actor", claim.Actor), ("@key", claim.KeyHash), ("@claim", claim.Token)).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private async Task<RequestLookUp> ClaimAsync(MySqlTransaction transaction, RequestClaim claim, byte[] requestHash, CancellationToken cancellationToken)
    {
        (string, object?)[] parameters =
        [
            ("@actor", claim.Actor), ("@key", claim.KeyHash), ("@request", requestHash), ("@claim", claim.Token),
            ("@hold", (long)hold.TotalMicroseconds), ("@kept", (long)Kept.TotalSeconds),
        ];
        // An INSERT that only fails would leave a shared lock, and two of those wait for each other.
        await PooledStore.ExecuteAsync(
            transaction,
            """
            INSERT INTO api_requests (actor, key_hash, request_hash, claim, held_until, expires_at)
            VALUES (@actor, @key, @request, @claim, UTC_TIMESTAMP(6) + INTERVAL @hold MICROSECOND, UTC_TIMESTAMP(6) + INTERVAL @kept SECOND)
            ON DUPLICATE KEY UPDATE actor = VALUES(actor)
            """,
            cancellationToken,
            parameters).ConfigureAwait(false);
        if (await ReadAsync(transaction, claim, requestHash, cancellationToken).ConfigureAwait(false) is { } known) return known;
        await PooledStore.ExecuteAsync(
            transaction,
            """
            UPDATE api_requests SET request_hash = @request, claim = @claim, is_changed = FALSE, status = NULL, content_type = NULL, location = NULL, answer = NULL,
                held_until = UTC_TIMESTAMP(6) + INTERVAL @hold MICROSECOND, expires_at = UTC_TIMESTAMP(6) + INTERVAL @kept SECOND
            WHERE actor = @actor AND key_hash = @key
            """,
            cancellationToken,
            parameters).ConfigureAwait(false);
        return new RequestLookUp(RequestState.Claimed, claim, null);
    }

    /// <summary>What the row says, which is locked; null when its time is over, or whoever carried it out died without having changed anything.</summary>
    private static async Task<RequestLookUp?> ReadAsync(MySqlTransaction transaction, RequestClaim claim, byte[] requestHash, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = PooledStore.Command(
            transaction,
            """
            SELECT request_hash, expires_at < UTC_TIMESTAMP(6), held_until < UTC_TIMESTAMP(6), is_changed, status, content_type, location, answer, claim
            FROM api_requests WHERE actor = @actor AND key_hash = @key
            """,
            ("@actor", claim.Actor), ("@key", claim.KeyHash));
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (row.GetFieldValue<byte[]>(8).AsSpan().SequenceEqual(claim.Token)) return new RequestLookUp(RequestState.Claimed, claim, null);
        if (row.GetInt64(1) == 1) return null;
        if (!row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(requestHash)) return new RequestLookUp(RequestState.KeyOfAnother, null, null);
        if (!row.IsDBNull(4))
        {
            var answer = new RequestAnswer(row.GetInt32(4), PooledStore.Text(row, 5), PooledStore.Text(row, 6), row.GetFieldValue<byte[]>(7));
            return new RequestLookUp(RequestState.Answered, null, answer);
        }

        if (row.GetInt64(2) == 0) return new RequestLookUp(RequestState.InFlight, null, null);
        return row.GetBoolean(3) ? new RequestLookUp(RequestState.AnswerLost, null, null) : null;
    }

    private static async Task<bool> ForgetAsync(MySqlTransaction transaction, RequestClaim claim, CancellationToken cancellationToken) =>
        await PooledStore.ExecuteAsync(
            transaction,
            "DELETE FROM api_requests WHERE actor = @actor AND key_hash = @key AND claim = @claim AND NOT is_changed AND status IS NULL",
            cancellationToken,
            ("@actor", claim.Actor), ("@key", claim.KeyHash), ("@claim", claim.Token)).ConfigureAwait(false) > 0;
}
