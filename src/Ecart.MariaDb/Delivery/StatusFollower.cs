using System.Data;
using MySqlConnector;

namespace Ecart.MariaDb.Delivery;

/// <summary>
/// Makes messages of changes of the alerts' status: a thread is acknowledged once a person looks at one of its alerts, and resolved once all are closed. Whoever
/// changes a status, by the program or by SQL, is followed; changes that come together are told as the last of them. Several processes may do it at once.
/// </summary>
public sealed class StatusFollower
{
    private const string Take =
        """
        SELECT STRAIGHT_JOIN a.alert_id, o.outbox_id, CONCAT(a.status)
        FROM anomaly_alerts a FORCE INDEX (untold)
        JOIN alert_outbox o ON o.domain = a.domain AND o.event_uid = a.event_uid
        WHERE a.is_untold = 1 AND a.domain = @domain AND o.state <> 'pending'
        LIMIT @most
        FOR UPDATE SKIP LOCKED
        """;

    private const string Threads =
        """
        SELECT t.thread_id, t.route, CONCAT(t.told) FROM alert_threads t
        WHERE t.thread_id IN (SELECT d.thread_id FROM alert_delivery_alerts l JOIN alert_deliveries d ON d.delivery_id = l.delivery_id WHERE l.outbox_id IN ({0}))
        ORDER BY t.thread_id FOR UPDATE
        """;

    /// <summary>Read after the thread is locked, so that of two that follow alerts of one thread the later sees what the other saw.</summary>
    private const string Standing =
        """
        SELECT COUNT(*), COUNT(IF(a.status IN ('confirmed_fraud', 'false_positive', 'resolved'), 1, NULL)), COUNT(IF(a.status <> 'new', 1, NULL)),
               CAST(MAX(a.severity + 0) AS SIGNED)
        FROM (SELECT DISTINCT l.outbox_id FROM alert_deliveries d JOIN alert_delivery_alerts l ON l.delivery_id = d.delivery_id WHERE d.thread_id = @thread) m
        JOIN alert_outbox o ON o.outbox_id = m.outbox_id
        JOIN anomaly_alerts a ON a.domain = o.domain AND a.event_uid = o.event_uid
        """;

    private const string Tell =
        """
        INSERT INTO alert_deliveries (thread_id, route, action, severity, alerts) VALUES ({}, {}, {}, {}, {});
        INSERT INTO alert_delivery_alerts (delivery_id, outbox_id)
        SELECT DISTINCT LAST_INSERT_ID(), l.outbox_id FROM alert_deliveries d JOIN alert_delivery_alerts l ON l.delivery_id = d.delivery_id
        WHERE d.thread_id = {} AND d.action = 'trigger' AND d.delivery_id <> LAST_INSERT_ID();
        UPDATE alert_threads SET told = {} WHERE thread_id = {}
        """;

    private readonly string domain;
    private readonly Dictionary<string, RouteRule> routes;

    /// <summary>Makes a follower.</summary>
    /// <param name="domain">The domain whose alerts are followed.</param>
    /// <param name="routes">The routes.</param>
    public StatusFollower(string domain, IReadOnlyList<RouteRule> routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        this.domain = domain;
        this.routes = routes.ToDictionary(route => route.Name, StringComparer.Ordinal);
    }

    /// <summary>Follows some changes.</summary>
    /// <param name="connection">Of <c>StoreSession</c>.</param>
    /// <param name="most">Alerts at a time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were looked at.</returns>
    public async Task<int> FollowAsync(MySqlConnection connection, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using MySqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        List<(long Alert, long Outbox)> changed = await TakeAsync(connection, transaction, most, cancellationToken).ConfigureAwait(false);
        if (changed.Count == 0) return 0;

        var batch = new StatementBatch(connection, transaction);
        foreach ((long thread, string route, string told) in await ThreadsAsync(connection, transaction, changed, cancellationToken).ConfigureAwait(false))
        {
            if (routes.TryGetValue(route, out RouteRule? rule) && rule.FollowsStatus)
                await TellAsync(connection, transaction, batch, (thread, route, told), cancellationToken).ConfigureAwait(false);
        }

        await batch.AddAsync(
            $"UPDATE anomaly_alerts SET told_status = status WHERE alert_id IN ({string.Join(',', changed.Select(entry => entry.Alert))})", cancellationToken).ConfigureAwait(false);
        await batch.RunAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return changed.Count;
    }

    private async Task<List<(long Alert, long Outbox)>> TakeAsync(
        MySqlConnection connection, MySqlTransaction transaction, int most, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(Take, connection, transaction);
        command.Parameters.AddWithValue("@domain", domain);
        command.Parameters.AddWithValue("@most", most);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var changed = new List<(long Alert, long Outbox)>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) changed.Add((row.GetInt64(0), row.GetInt64(1)));
        return changed;
    }

    private static async Task<List<(long Thread, string Route, string Told)>> ThreadsAsync(
        MySqlConnection connection, MySqlTransaction transaction, List<(long Alert, long Outbox)> changed, CancellationToken cancellationToken)
    {
        string sql = Threads.Replace("{0}", string.Join(',', changed.Select(entry => entry.Outbox)), StringComparison.Ordinal);
        await using var command = new MySqlCommand(sql, connection, transaction);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var threads = new List<(long Thread, string Route, string Told)>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) threads.Add((row.GetInt64(0), row.GetString(1), row.GetString(2)));
        return threads;
    }

    private static async Task TellAsync(
        MySqlConnection connection,
        MySqlTransaction transaction,
        StatementBatch batch,
        (long Thread, string Route, string Told) from,
        CancellationToken cancellationToken)
    {
        long alerts, closed, seen;
        int severity;
        await using (var command = new MySqlCommand(Standing, connection, transaction))
        {
            command.Parameters.AddWithValue("@thread", from.Thread);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false) || row.GetInt64(0) == 0) return;
            (alerts, closed, seen, severity) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3));
        }

        string now = closed == alerts ? "resolve" : seen > 0 ? "acknowledge" : "trigger";
        foreach (string action in Steps(from.Told, now))
        {
            await batch.AddAsync(
                Tell, cancellationToken, from.Thread, from.Route, action, severity, alerts, from.Thread, now, from.Thread).ConfigureAwait(false);
        }
    }

    /// <summary>What is said on the way: a thread that was closed is opened again before a person can look at it.</summary>
    private static string[] Steps(string told, string now) => (told, now) switch
    {
        ("resolve", "acknowledge") => ["trigger", "acknowledge"],
        ("resolve", "trigger") => ["trigger"],
        ("acknowledge", "trigger") => [],
        _ when told == now => [],
        _ => [now],
    };
}
