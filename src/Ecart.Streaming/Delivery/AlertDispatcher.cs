using Ecart.MariaDb.Delivery;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Sources.Kafka;
using MySqlConnector;

namespace Ecart.Streaming.Delivery;

/// <summary>
/// Delivers alerts: routes what commits have left in the outbox, follows the alerts' status, sends. Each message at least once, under a key that is the same
/// when it is repeated; a process that dies is taken over from when its leases end. Any number of processes may run one on the same store.
/// </summary>
public sealed class AlertDispatcher
{
    private const int RowsAtATime = 500;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);
    private readonly string connectionString;
    private readonly DispatcherOptions options;
    private readonly TimeProvider timeProvider;
    private readonly RepeatedReports reports;
    private readonly RouteWorker[] workers;

    /// <summary>Makes a dispatcher.</summary>
    /// <param name="connectionString">The store; migrated.</param>
    /// <param name="options">What it does.</param>
    /// <param name="timeProvider">The clock of waits; what is due the store's clock tells.</param>
    public AlertDispatcher(string connectionString, DispatcherOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.connectionString = connectionString;
        this.options = options;
        this.timeProvider = timeProvider;
        reports = new RepeatedReports(options.Report);
        workers = [.. options.Routes.Select(route => new RouteWorker(route, options, connectionString, timeProvider, reports))];
    }

    /// <summary>Works until it is cancelled, then finishes what is under way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var telemetry = new DeliveryTelemetry(workers);
        await EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] all = [RouteAsync(telemetry, stop.Token), .. workers.Select(worker => worker.RunAsync(telemetry, stop.Token))];
        // One that fails must not leave the others working as if nothing were wrong.
        await Task.WhenAny(all).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(all).ConfigureAwait(false);
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
                await PendingDeliveries.EnsureAsync(connection, workers.Select(worker => worker.Route), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                await PauseAsync(error, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task RouteAsync(DeliveryTelemetry telemetry, CancellationToken cancellationToken)
    {
        RouteRule[] rules = [.. options.Routes.Select(route => route.Rule)];
        var router = new AlertRouter(options.Domain, rules, options.MaximumAge);
        var follower = new StatusFollower(options.Domain, rules);
        MySqlConnection? connection = null;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    connection ??= await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
                    if (await StepAsync(connection, router, follower, telemetry, cancellationToken).ConfigureAwait(false)) continue;
                    await Task.Delay(options.Interval, timeProvider, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error) when (TransientErrors.IsTransient(error))
                {
                    if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
                    connection = null;
                    await PauseAsync(error, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is not routed waits in the outbox.
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Whether more is there to be routed.</returns>
    private async Task<bool> StepAsync(
        MySqlConnection connection, AlertRouter router, StatusFollower follower, DeliveryTelemetry telemetry, CancellationToken cancellationToken)
    {
        RoutingCount routed = await router.RouteAsync(connection, RowsAtATime, cancellationToken).ConfigureAwait(false);
        if (routed.Expired > 0) reports.Add($"{routed.Expired:N0} alerts had waited for more than {options.MaximumAge.TotalHours:0.#} hours and are not sent");
        int followed = await follower.FollowAsync(connection, RowsAtATime, cancellationToken).ConfigureAwait(false);
        if (routed.Routed > 0 || followed > 0)
            foreach (RouteWorker worker in workers) worker.Wake();
        telemetry.Standing = await DeliveryLog.ReadStandingAsync(connection, cancellationToken).ConfigureAwait(false);
        return routed.Total == RowsAtATime || followed == RowsAtATime;
    }

    private async Task PauseAsync(Exception error, CancellationToken cancellationToken)
    {
        reports.Add($"alerts: the store failed, next try in {PauseAfterFailure.TotalSeconds} s: {error.Message}");
        await Task.Delay(PauseAfterFailure, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
