using System.Collections.Concurrent;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Writing;

namespace Ecart.App.Serve.Access;

/// <summary>
/// Keys that were valid a moment ago, so that thousands of requests a second do not each ask the store. While the store is away, a key that was valid stays so for
/// some minutes: events must get their decision by policy. Thread-safe.
/// </summary>
internal sealed class KnownKeys(KeyStore store, TimeProvider timeProvider)
{
    /// <summary>A revoked key is refused after at most this.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private const int Most = 10_000;
    private static readonly TimeSpan WhileStoreIsAway = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (Principal Principal, long At)> known = new();

    /// <summary>Whose a secret is; null when it is no valid key's.</summary>
    public async Task<Principal?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        byte[] hash = Secret.Hash(secret);
        string id = Convert.ToHexString(hash);
        bool isKnown = known.TryGetValue(id, out (Principal Principal, long At) last);
        if (isKnown && timeProvider.GetElapsedTime(last.At) < Fresh) return last.Principal;
        long now = timeProvider.GetTimestamp();
        try
        {
            if (await store.FindAsync(hash, cancellationToken).ConfigureAwait(false) is not var (name, role))
            {
                known.TryRemove(id, out _);
                return null;
            }

            if (known.Count >= Most) known.Clear();
            var principal = new Principal("key:" + name, role);
            known[id] = (principal, now);
            return principal;
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && isKnown && timeProvider.GetElapsedTime(last.At) < WhileStoreIsAway)
        {
            return last.Principal;
        }
    }
}
