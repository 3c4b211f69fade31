using System.Data;
using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Delivery;

/// <summary>
/// Makes messages of what the outbox of a domain holds, and of changes of the alerts' status. Each row is routed once, in one transaction with its messages;
/// several processes may do it at once. Not thread-safe: one connection.
/// </summary>
public sealed class AlertRouter
{
    private const string Take =
        """
        SELECT STRAIGHT_JOIN o.outbox_id, o.route, o.event_uid, a.entity_type, a.entity_id, CONCAT(a.severity),
               CASE WHEN a.status IN ('confirmed_fraud', 'false_positive', 'resolved') THEN 'unrouted'
                    WHEN o.created_at < UTC_TIMESTAMP(6) - INTERVAL @age SECOND THEN 'expired'
                    ELSE 'pending' END
        FROM alert_outbox o
        JOIN anomaly_alerts a ON a.domain = o.domain AND a.event_uid = o.event_uid
        WHERE o.state = 'pending' AND o.domain = @domain
        ORDER BY o.next_attempt_at, o.outbox_id LIMIT @most
        FOR UPDATE SKIP LOCKED
        """;

    private const string OpenThread =
        """
        INSERT INTO alert_threads (route, dedup_key, domain, entity_type, entity_id, group_until)
        VALUES ({}, {}, {}, {}, {}, IF({} > 0, UTC_TIMESTAMP(6) + INTERVAL {} MICROSECOND, NULL))
        ON DUPLICATE KEY UPDATE thread_id = LAST_INSERT_ID(thread_id);
        SET @thread = LAST_INSERT_ID();
        INSERT INTO alert_deliveries (thread_id, route, action, severity) VALUES (@thread, {}, 'trigger', {});
        INSERT INTO alert_delivery_alerts (delivery_id, outbox_id) VALUES (LAST_INSERT_ID(), {})
        """;

    private const string AddToGroup =
        """
        INSERT INTO alert_deliveries (thread_id, route, action, severity, next_attempt_at, alerts) VALUES ({}, {}, 'trigger', {}, {}, 1);
        INSERT INTO alert_delivery_alerts (delivery_id, outbox_id) VALUES (LAST_INSERT_ID(), {})
        """;

    private const string AddToMessage =
        """
        UPDATE alert_deliveries SET alerts = alerts + 1, severity = IF(severity + 0 >= {} + 0, severity, {}) WHERE delivery_id = {};
        INSERT INTO alert_delivery_alerts (delivery_id, outbox_id) VALUES ({}, {})
        """;

    private const string FindGroup =
        """
        SELECT thread_id, group_until FROM alert_threads
        WHERE route = @route AND domain = @domain AND entity_type = @type AND entity_id = @id AND group_until > UTC_TIMESTAMP(6) AND told <> 'resolve'
        ORDER BY thread_id DESC LIMIT 1 FOR UPDATE
        """;

    private const string FindOpenMessage =
        """
        SELECT delivery_id FROM alert_deliveries
        WHERE thread_id = @thread AND action = 'trigger' AND state = 'pending' AND claimed_by IS NULL AND attempts = 0 AND next_attempt_at > UTC_TIMESTAMP(6)
        ORDER BY delivery_id DESC LIMIT 1 FOR UPDATE
        """;

    private static readonly string[] Severities = ["low", "medium", "high", "critical"];
    private readonly string domain;
    private readonly IReadOnlyList<RouteRule> routes;
    private readonly TimeSpan maximumAge;

    /// <summary>Makes a router.</summary>
    /// <param name="domain">The domain whose alerts are routed.</param>
    /// <param name="routes">The routes.</param>
    /// <param name="maximumAge">Alerts that wait for longer are no news: they expire.</param>
    public AlertRouter(string domain, IReadOnlyList<RouteRule> routes, TimeSpan maximumAge)
    {
        this.domain = domain;
        this.routes = routes;
        this.maximumAge = maximumAge;
    }

    /// <summary>Routes alerts that wait in the outbox, the oldest first.</summary>
    /// <param name="connection">Of <c>StoreSession</c>.</param>
    /// <param name="most">Rows at a time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RoutingCount> RouteAsync(MySqlConnection connection, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using MySqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await LockGroupingAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        List<(OutboxAlert Alert, string Fate)> taken = await TakeAsync(connection, transaction, most, cancellationToken).ConfigureAwait(false);
        if (taken.Count == 0) return default;

        var batch = new StatementBatch(connection, transaction);
        var fates = new Dictionary<string, List<long>>(StringComparer.Ordinal) { ["routed"] = [], ["unrouted"] = [], ["expired"] = [] };
        foreach ((OutboxAlert alert, string fate) in taken)
        {
            RouteRule[] takers = fate == "pending" ? [.. routes.Where(route => route.TakesAlert(alert))] : [];
            foreach (RouteRule route in takers) await AddAsync(connection, transaction, batch, route, alert, cancellationToken).ConfigureAwait(false);
            fates[fate != "pending" ? fate : takers.Length > 0 ? "routed" : "unrouted"].Add(alert.OutboxId);
        }

        foreach ((string state, List<long> ids) in fates.Where(entry => entry.Value.Count > 0))
            await batch.AddAsync($"UPDATE alert_outbox SET state = '{state}' WHERE outbox_id IN ({string.Join(',', ids)})", cancellationToken).ConfigureAwait(false);
        await batch.RunAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new RoutingCount(fates["routed"].Count, fates["unrouted"].Count, fates["expired"].Count);
    }

    /// <summary>Two processes must not open a group of the same entity each.</summary>
    private async Task LockGroupingAsync(MySqlConnection connection, MySqlTransaction transaction, CancellationToken cancellationToken)
    {
        string[] grouping = [.. routes.Where(route => route.GroupWindow > TimeSpan.Zero).Select(route => route.Name)];
        if (grouping.Length == 0) return;
        await using var command = new MySqlCommand(
            $"SELECT route FROM alert_routes WHERE route IN ({string.Join(',', grouping.Select((_, i) => $"@r{i}"))}) ORDER BY route FOR UPDATE", connection, transaction);
        for (int i = 0; i < grouping.Length; i++) command.Parameters.AddWithValue($"@r{i}", grouping[i]);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<(OutboxAlert Alert, string Fate)>> TakeAsync(
        MySqlConnection connection, MySqlTransaction transaction, int most, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(Take, connection, transaction);
        command.Parameters.AddWithValue("@age", (long)maximumAge.TotalSeconds);
        command.Parameters.AddWithValue("@domain", domain);
        command.Parameters.AddWithValue("@most", most);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var taken = new List<(OutboxAlert Alert, string Fate)>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            taken.Add((
                new OutboxAlert(row.GetInt64(0), row.GetString(1), domain, row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)), row.GetString(6)));
        }

        return taken;
    }

    private static async Task AddAsync(
        MySqlConnection connection, MySqlTransaction transaction, StatementBatch batch, RouteRule route, OutboxAlert alert, CancellationToken cancellationToken)
    {
        if (route.GroupWindow > TimeSpan.Zero)
        {
            // What was added a moment ago may have opened the group.
            await batch.RunAsync(cancellationToken).ConfigureAwait(false);
            if (await JoinAsync(connection, transaction, batch, route, alert, cancellationToken).ConfigureAwait(false)) return;
        }

        long window = (long)route.GroupWindow.TotalMicroseconds;
        await batch.AddAsync(
            OpenThread, cancellationToken,
            route.Name, $"ecart:{alert.Domain}:{alert.EventUid}", alert.Domain, alert.EntityType, alert.EntityId, window, window,
            route.Name, alert.Severity, alert.OutboxId).ConfigureAwait(false);
    }

    private static async Task<bool> JoinAsync(
        MySqlConnection connection, MySqlTransaction transaction, StatementBatch batch, RouteRule route, OutboxAlert alert, CancellationToken cancellationToken)
    {
        long thread;
        DateTime until;
        await using (var find = new MySqlCommand(FindGroup, connection, transaction))
        {
            find.Parameters.AddWithValue("@route", route.Name);
            find.Parameters.AddWithValue("@domain", alert.Domain);
            find.Parameters.AddWithValue("@type", alert.EntityType);
            find.Parameters.AddWithValue("@id", alert.EntityId);
            await using MySqlDataReader row = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false)) return false;
            thread = row.GetInt64(0);
            until = row.GetDateTime(1);
        }

        await using var open = new MySqlCommand(FindOpenMessage, connection, transaction);
        open.Parameters.AddWithValue("@thread", thread);
        object? message = await open.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        if (message is null)
        {
            await batch.AddAsync(AddToGroup, cancellationToken, thread, route.Name, alert.Severity, until, alert.OutboxId).ConfigureAwait(false);
        }
        else
        {
            long delivery = Convert.ToInt64(message, CultureInfo.InvariantCulture);
            int rank = Array.IndexOf(Severities, alert.Severity) + 1;
            await batch.AddAsync(AddToMessage, cancellationToken, rank, alert.Severity, delivery, delivery, alert.OutboxId).ConfigureAwait(false);
        }

        return true;
    }
}
