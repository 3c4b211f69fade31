using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Polly;
using Polly.CircuitBreaker;

namespace Ecart.Alerting;

/// <summary>
/// Leaves a target alone that fails: once 8 of 10 attempts within half a minute have, nothing is sent for a while; then one message tries it. Refusals and
/// 429 say that the target works and do not count. Thread-safe.
/// </summary>
public sealed class CircuitBreaker
{
    private const double FailureRatio = 0.8;
    private const int MinimumThroughput = 10;
    private static readonly TimeSpan SamplingDuration = TimeSpan.FromSeconds(30);
    private readonly CircuitBreakerStateProvider state = new();
    private readonly ResiliencePipeline<DeliveryOutcome> pipeline;
    private readonly TimeProvider timeProvider;
    private long openedAt;

    /// <summary>Makes a breaker.</summary>
    /// <param name="pause">How long the target is left alone, at least half a second.</param>
    /// <param name="timeProvider">The clock.</param>
    public CircuitBreaker(TimeSpan pause, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        Pause = pause;
        this.timeProvider = timeProvider;
        pipeline = new ResiliencePipelineBuilder<DeliveryOutcome> { TimeProvider = timeProvider }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<DeliveryOutcome>
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = MinimumThroughput,
                SamplingDuration = SamplingDuration,
                BreakDuration = pause,
                StateProvider = state,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { Result: DeliveryResult.Failed }),
                OnOpened = _ =>
                {
                    Volatile.Write(ref openedAt, timeProvider.GetTimestamp());
                    return default;
                },
            })
            .Build();
    }

    /// <summary>How long the target is left alone.</summary>
    public TimeSpan Pause { get; }

    /// <summary>Whether it is left alone, or being tried.</summary>
    public bool IsOpen => state.CircuitState != CircuitState.Closed;

    /// <summary>How many messages may be sent at once: all that the caller wants, one that tries the target, or none.</summary>
    public int Permits(int wanted) => state.CircuitState switch
    {
        CircuitState.Closed => wanted,
        CircuitState.Open when timeProvider.GetElapsedTime(Volatile.Read(ref openedAt)) >= Pause => Math.Min(1, wanted),
        _ => 0,
    };

    /// <summary>Sends a message, unless the target is to be left alone.</summary>
    public async Task<DeliveryOutcome> SendAsync(IAlertTarget target, AlertMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                static async (work, stop) => await work.target.SendAsync(work.message, stop).ConfigureAwait(false),
                (target, message),
                cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException)
        {
            return new DeliveryOutcome(DeliveryResult.Throttled, "not sent: the target failed too often and is left alone for now", Pause);
        }
    }
}
