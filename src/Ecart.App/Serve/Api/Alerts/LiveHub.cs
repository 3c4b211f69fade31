using System.Globalization;
using System.Text.Json;
using Ecart.App.Terminal;
using Ecart.MariaDb.Alerts;
using Ecart.MariaDb.Writing;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>
/// Reads new alerts and what people do to them from the store, once for all who listen, and not at all while nobody does. By the store and not by the pipeline,
/// because other nodes, other domains and statements in SQL raise and change alerts too. Thread-safe.
/// </summary>
internal sealed class LiveHub(string connectionString) : IAsyncDisposable
{
    /// <summary>Listeners, at most.</summary>
    public const int MostListeners = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly Lock gate = new();
    private readonly List<LiveSubscription> listeners = [];
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private string? position;

    /// <summary>Begins to listen.</summary>
    /// <returns>Null when too many do.</returns>
    public LiveSubscription? TryListen()
    {
        lock (gate)
        {
            if (listeners.Count >= MostListeners || stop.IsCancellationRequested) return null;
            var subscription = new LiveSubscription();
            listeners.Add(subscription);
            if (listeners.Count == 1)
            {
                position = null;
                running = RunAfterAsync(running);
            }
            else if (position is { } now)
            {
                subscription.Tell(Ready(now));
            }

            return subscription;
        }
    }

    /// <summary>Ends listening.</summary>
    public void Leave(LiveSubscription subscription)
    {
        lock (gate) listeners.Remove(subscription);
    }

    /// <summary>What somebody missed who was away.</summary>
    /// <param name="heard">The position of the last message heard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The messages; null when the position is none or too much was missed.</returns>
    public async Task<IReadOnlyList<LiveMessage>?> ReadMissedAsync(string heard, CancellationToken cancellationToken)
    {
        string[] parts = heard.Split('-');
        if (parts.Length != 2 || !TryNumber(parts[0], out long alert) || !TryNumber(parts[1], out long entry)) return null;
        (IReadOnlyList<Alert> alerts, IReadOnlyList<AlertHistoryEntry> entries) = await new AlertChangeLog(connectionString).ReadSinceAsync(alert, entry, cancellationToken).ConfigureAwait(false);
        if (alerts.Count >= AlertChangeLog.MostAtATime || entries.Count >= AlertChangeLog.MostAtATime) return null;
        return [.. Messages(alerts, entries, heard, heard)];
    }

    /// <summary>Ends all.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task RunAfterAsync(Task earlier)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(Interval);
        var log = new AlertChangeLog(connectionString);
        bool hasBegun = false;
        try
        {
            do
            {
                try
                {
                    if (!hasBegun)
                    {
                        await log.BeginAsync(Now, stop.Token).ConfigureAwait(false);
                        hasBegun = true;
                        Tell([Ready(PositionOf(log))], PositionOf(log));
                    }

                    string before = PositionOf(log);
                    (IReadOnlyList<Alert> alerts, IReadOnlyList<AlertHistoryEntry> entries) = await log.ReadAsync(Now, stop.Token).ConfigureAwait(false);
                    Tell(Messages(alerts, entries, before, PositionOf(log)), PositionOf(log));
                }
                catch (Exception error) when (TransientErrors.IsTransient(error))
                {
                    // The store is away: what comes meanwhile is told when it is back.
                }
            }
            while (HasListeners() && await timer.WaitForNextTickAsync(stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
        catch (Exception error)
        {
            Output.Error($"the stream of alerts ended: {error}");
            throw;
        }
    }

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    private bool HasListeners()
    {
        lock (gate) return listeners.Count > 0;
    }

    private void Tell(IReadOnlyList<LiveMessage> messages, string now)
    {
        lock (gate)
        {
            position = now;
            foreach (LiveMessage message in messages)
                foreach (LiveSubscription listener in listeners) listener.Tell(message);
        }
    }

    private static LiveMessage Ready(string position) => new("ready", "{}", position);

    private static string PositionOf(AlertChangeLog log) => string.Create(CultureInfo.InvariantCulture, $"{log.Floor.Alert}-{log.Floor.Entry}");

    /// <summary>Who hears only some of them goes on before them: the last one alone moves the position.</summary>
    private static LiveMessage[] Messages(IReadOnlyList<Alert> alerts, IReadOnlyList<AlertHistoryEntry> entries, string before, string after)
    {
        LiveMessage[] messages =
        [
            .. alerts.Select(alert => new LiveMessage("alert", JsonSerializer.Serialize(AlertItem.Of(alert), ApiJson.Options), before)),
            .. entries.Select(entry => new LiveMessage("change", JsonSerializer.Serialize(entry, ApiJson.Options), before)),
        ];
        if (messages.Length > 0) messages[^1] = messages[^1] with { Position = after };
        return messages;
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
