using System.Collections.Concurrent;
using System.Threading.Channels;
using Ecart.Alerting;
using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.MariaDb.Delivery;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Streaming.Sources.Kafka;
using MySqlConnector;

namespace Ecart.Streaming.Delivery;

/// <summary>
/// Sends the messages of one route: takes what is due while there is room, and records what has become of others in the same transaction. One loop, one
/// connection; the sends themselves run beside it.
/// </summary>
internal sealed class RouteWorker
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ExpireEvery = TimeSpan.FromSeconds(10);
    private readonly AlertRoute route;
    private readonly DispatcherOptions options;
    private readonly string connectionString;
    private readonly TimeProvider timeProvider;
    private readonly RepeatedReports reports;
    private readonly PendingDeliveries queue;
    private readonly CircuitBreaker breaker;
    private readonly Backoff backoff;
    private readonly ConcurrentQueue<(ClaimedDelivery Delivery, DeliveryOutcome Outcome)> ended = new();
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<FinishedDelivery> unrecorded = [];
    private int inFlight;
    private long throttledAt;
    private TimeSpan throttledFor;

    public RouteWorker(AlertRoute route, DispatcherOptions options, string connectionString, TimeProvider timeProvider, RepeatedReports reports)
    {
        this.route = route;
        this.options = options;
        this.connectionString = connectionString;
        this.timeProvider = timeProvider;
        this.reports = reports;
        queue = new PendingDeliveries(route.Terms(options.MaximumAge));
        breaker = new CircuitBreaker(route.BreakerPause, timeProvider);
        backoff = new Backoff(route.FirstBackoff, route.LongestBackoff, new SeededRandom(options.Seed ^ (ulong)route.Rule.Name.Sum(letter => letter)));
    }

    public string Route => route.Rule.Name;

    public bool IsBreakerOpen => breaker.IsOpen;

    /// <summary>There may be something to send.</summary>
    public void Wake() => news.Writer.TryWrite(true);

    /// <summary>Sends until it is cancelled; then waits for what is under way and records it.</summary>
    public async Task RunAsync(DeliveryTelemetry telemetry, CancellationToken cancellationToken)
    {
        await using IAlertTarget target = route.OpenTarget();
        MySqlConnection? connection = null;
        long expiredAt = timeProvider.GetTimestamp();
        try
        {
            while (!cancellationToken.IsCancellationRequested || inFlight > 0)
            {
                try
                {
                    connection ??= await StoreSession.OpenAsync(connectionString, CancellationToken.None).ConfigureAwait(false);
                    if (timeProvider.GetElapsedTime(expiredAt) >= ExpireEvery)
                    {
                        int expired = await queue.ExpireAsync(connection, CancellationToken.None).ConfigureAwait(false);
                        if (expired > 0) reports.Add($"alert route {Route}: {expired:N0} messages were too old to be news and have expired");
                        expiredAt = timeProvider.GetTimestamp();
                    }

                    bool isMore = await TurnAsync(connection, target, telemetry, cancellationToken).ConfigureAwait(false);
                    if (!isMore) await WaitAsync(options.Interval, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error) when (TransientErrors.IsTransient(error))
                {
                    reports.Add($"alert route {Route}: the store failed, next try in {PauseAfterFailure.TotalSeconds} s: {error.Message}");
                    if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
                    connection = null;
                    await Task.Delay(PauseAfterFailure, timeProvider, CancellationToken.None).ConfigureAwait(false);
                    if (cancellationToken.IsCancellationRequested) return;
                }
            }

            Collect();
            if (connection is not null && unrecorded.Count > 0) await queue.TakeAsync(connection, unrecorded, 0, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Whether another turn may find something at once.</returns>
    private async Task<bool> TurnAsync(MySqlConnection connection, IAlertTarget target, DeliveryTelemetry telemetry, CancellationToken cancellationToken)
    {
        Collect();
        int room = cancellationToken.IsCancellationRequested || IsThrottled() ? 0 : breaker.Permits(route.Concurrency - Volatile.Read(ref inFlight));
        if (room == 0 && unrecorded.Count == 0) return false;
        // What is lost with the connection is recorded by the next turn, or its lease ends.
        DeliveryTurn turn = await queue.TakeAsync(connection, unrecorded, room, CancellationToken.None).ConfigureAwait(false);
        unrecorded.Clear();
        foreach (ClaimedDelivery delivery in turn.Claimed)
        {
            Interlocked.Increment(ref inFlight);
            _ = SendAsync(target, delivery, telemetry);
        }

        return room > 0 && turn.Claimed.Count == room && room < route.Concurrency;
    }

    private async Task SendAsync(IAlertTarget target, ClaimedDelivery delivery, DeliveryTelemetry telemetry)
    {
        long began = timeProvider.GetTimestamp();
        DeliveryOutcome outcome;
        try
        {
            // Not cancelled at the end: what was begun is finished within its timeout.
            outcome = await breaker.SendAsync(target, DeliveryMessages.Of(delivery, Route), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // A message that cannot be made must not stop the others.
            outcome = new DeliveryOutcome(DeliveryResult.Refused, $"the message could not be sent: {error.GetType().Name}");
        }

        telemetry.Record(Route, outcome.Result.ToString().ToLowerInvariant(), timeProvider.GetElapsedTime(began));
        ended.Enqueue((delivery, outcome));
        Interlocked.Decrement(ref inFlight);
        Wake();
    }

    private void Collect()
    {
        while (ended.TryDequeue(out (ClaimedDelivery Delivery, DeliveryOutcome Outcome) end)) unrecorded.Add(Judge(end.Delivery, end.Outcome));
    }

    private FinishedDelivery Judge(ClaimedDelivery delivery, DeliveryOutcome outcome)
    {
        switch (outcome.Result)
        {
            case DeliveryResult.Delivered:
                return new FinishedDelivery(delivery, "delivered", TimeSpan.Zero, null, Counts: true);
            case DeliveryResult.Refused:
                return GiveUp(delivery, outcome.Answer);
            case DeliveryResult.Throttled:
                TimeSpan pause = outcome.RetryAfter ?? backoff.After(delivery.Attempt, null);
                (throttledAt, throttledFor) = (timeProvider.GetTimestamp(), pause);
                reports.Add($"alert route {Route}: the target takes no more messages for {pause.TotalSeconds:0.#} s: {outcome.Answer}");
                return new FinishedDelivery(delivery, "pending", backoff.After(1, pause), outcome.Answer, Counts: false);
            default:
                if (delivery.Attempt >= route.MaximumAttempts) return GiveUp(delivery, outcome.Answer);
                TimeSpan wait = backoff.After(delivery.Attempt, outcome.RetryAfter);
                reports.Add($"alert route {Route}: a message was not delivered and is tried again: {outcome.Answer}");
                return new FinishedDelivery(delivery, "pending", wait, outcome.Answer, Counts: true);
        }
    }

    private FinishedDelivery GiveUp(ClaimedDelivery delivery, string answer)
    {
        reports.Add($"alert route {Route}: a message is given up ('ecart alerts deliveries --state failed' lists them): {answer}");
        return new FinishedDelivery(delivery, "failed", TimeSpan.Zero, answer, Counts: true);
    }

    private bool IsThrottled() => throttledFor > TimeSpan.Zero && timeProvider.GetElapsedTime(throttledAt) < throttledFor;

    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        // Once it is to end, only what is under way is waited for.
        CancellationToken end = cancellationToken.IsCancellationRequested ? CancellationToken.None : cancellationToken;
        using var patience = new CancellationTokenSource(longest, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, patience.Token);
        try
        {
            await news.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The loop sees why.
        }
    }
}
