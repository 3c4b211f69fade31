using MySqlConnector;

namespace Ecart.MariaDb.Requests;

/// <summary>
/// The right to carry out one request that was sent under a key of its sender's. While it is entered, every transaction of the store notes that the request has
/// changed something, or is rolled back when somebody else has taken the request over. Thread-safe.
/// </summary>
public sealed class RequestClaim
{
    private static readonly AsyncLocal<RequestClaim?> Entered = new();
    private volatile bool isOver;

    internal RequestClaim(string actor, byte[] keyHash, byte[] token)
    {
        Actor = actor;
        KeyHash = keyHash;
        Token = token;
    }

    internal string Actor { get; }

    internal byte[] KeyHash { get; }

    internal byte[] Token { get; }

    /// <summary>The claim under which what runs now changes the store; null for none.</summary>
    internal static RequestClaim? Current => Entered.Value is { isOver: false } entered ? entered : null;

    /// <summary>Carries work out under this claim. What it has started and goes on after it is no part of the request any more.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        Entered.Value = this;
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            isOver = true;
        }
    }

    /// <summary>Notes in the transaction of a change that there is one.</summary>
    /// <exception cref="RequestTakenOverException">Somebody else carries the request out.</exception>
    internal async Task NoteChangeAsync(MySqlTransaction transaction, CancellationToken cancellationToken)
    {
        int found = await PooledStore.ExecuteAsync(
            transaction,
            "UPDATE api_requests SET is_changed = TRUE WHERE actor = @actor AND key_hash = @key AND claim = @claim AND status IS NULL",
            cancellationToken,
            ("@actor", Actor), ("@key", KeyHash), ("@claim", Token)).ConfigureAwait(false);
        if (found == 0) throw new RequestTakenOverException();
    }
}
