using Ecart.Numerics;

namespace Ecart.Alerting;

/// <summary>
/// Exponential back-off with full jitter: after attempt n, uniform between 0 and the smaller of the longest and first × 2ⁿ⁻¹, so that those that failed together
/// do not come back together. M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog 2015. Not thread-safe.
/// </summary>
/// <param name="first">Longest wait after the first attempt.</param>
/// <param name="longest">Longest wait after any.</param>
/// <param name="random">The jitter.</param>
public sealed class Backoff(TimeSpan first, TimeSpan longest, SeededRandom random)
{
    /// <summary>How long to wait.</summary>
    /// <param name="attempt">Number of the attempt that failed, from 1.</param>
    /// <param name="atLeast">What the target asked for; null for nothing.</param>
    public TimeSpan After(int attempt, TimeSpan? atLeast)
    {
        ArgumentNullException.ThrowIfNull(random);
        double bound = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 60)));
        TimeSpan jittered = TimeSpan.FromSeconds(random.Between(0, bound));
        return atLeast is { } asked ? asked + jittered : jittered;
    }
}
