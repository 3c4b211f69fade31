using System.Threading.RateLimiting;

namespace Ecart.App.Serve.Access;

/// <summary>
/// How often passwords may be tried: from one address, and for one name from one address, so that nobody can shut another out. Hashing is slow on purpose and must not
/// take the processor from the scoring: two at a time. Thread-safe.
/// </summary>
internal sealed class SignInLimiter : IDisposable
{
    /// <summary>Tries for one name from one address without a pause.</summary>
    public const int TriesOfName = 5;

    /// <summary>Tries from one address without a pause.</summary>
    public const int TriesOfAddress = 20;

    /// <summary>Seconds after which one more try is granted.</summary>
    public const int SecondsPerTry = 10;

    private const int SecondsPerTelling = 60;

    private readonly PartitionedRateLimiter<string> names = Make(TriesOfName, SecondsPerTry);
    private readonly PartitionedRateLimiter<string> addresses = Make(TriesOfAddress, SecondsPerTry);
    private readonly PartitionedRateLimiter<string> tellings = Make(1, SecondsPerTelling);
    private readonly ConcurrencyLimiter hashing = new(new ConcurrencyLimiterOptions { PermitLimit = 2, QueueLimit = 50 });

    /// <summary>Takes one try.</summary>
    /// <returns>Whether it is granted.</returns>
    public bool TryTake(string address, string name)
    {
        using RateLimitLease ofAddress = addresses.AttemptAcquire(address);
        if (!ofAddress.IsAcquired) return false;
        using RateLimitLease ofName = names.AttemptAcquire($"{address} {name}");
        return ofName.IsAcquired;
    }

    /// <summary>Whether a try would be granted now; none is taken. For those of whom only failures count.</summary>
    public bool MayTry(string address, string name)
    {
        using RateLimitLease ofAddress = addresses.AttemptAcquire(address, 0);
        using RateLimitLease ofName = names.AttemptAcquire($"{address} {name}", 0);
        return ofAddress.IsAcquired && ofName.IsAcquired;
    }

    /// <summary>Whether it is time to tell again that tries from an address are refused: a flood must not fill the log.</summary>
    public bool IsToBeTold(string address)
    {
        using RateLimitLease lease = tellings.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    /// <summary>Hashes in turn.</summary>
    /// <returns>The result; default when too many wait.</returns>
    public async Task<(bool IsDone, TResult? Result)> HashAsync<TResult>(Func<TResult> hash, CancellationToken cancellationToken)
    {
        using RateLimitLease turn = await hashing.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        return turn.IsAcquired ? (true, await Task.Run(hash, cancellationToken).ConfigureAwait(false)) : (false, default);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        names.Dispose();
        addresses.Dispose();
        tellings.Dispose();
        hashing.Dispose();
    }

    private static PartitionedRateLimiter<string> Make(int tries, int secondsPerTry) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = tries,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(secondsPerTry),
            QueueLimit = 0,
        }));
}
