using System.Data;
using MySqlConnector;

namespace Ecart.MariaDb.Delivery;

/// <summary>
/// The messages of a route. A process takes those that are due for the time of a lease; those of one thread are taken in their order, the next when the one
/// before is finished. Whoever dies leaves a lease that ends. Several processes may share a route.
/// </summary>
public sealed class PendingDeliveries(ClaimTerms terms)
{
    private const string Due =
        """
        SELECT d.delivery_id, d.attempts, CONCAT(d.action), CONCAT(d.kind), CONCAT(d.severity), d.alerts, t.dedup_key, t.domain, t.entity_type, t.entity_id, d.created_at
        FROM alert_deliveries d
        JOIN alert_threads t ON t.thread_id = d.thread_id
        WHERE d.delivery_id IN ({0})
        """;

    // The lock is on the messages alone: threads are locked by who adds to them.
    private const string Select =
        """
        SELECT d.delivery_id FROM alert_deliveries d
        WHERE d.route = @route AND d.state = 'pending' AND d.next_attempt_at <= UTC_TIMESTAMP(6)
          AND NOT EXISTS (SELECT 1 FROM alert_deliveries e WHERE e.thread_id = d.thread_id AND e.delivery_id < d.delivery_id AND e.state = 'pending')
        ORDER BY d.next_attempt_at LIMIT @most
        FOR UPDATE SKIP LOCKED
        """;

    private const string Finish =
        """
        UPDATE alert_deliveries SET state = {}, last_error = {}, next_attempt_at = UTC_TIMESTAMP(6) + INTERVAL {} MICROSECOND, attempts = attempts - {},
               delivered_at = IF({} = 'delivered', UTC_TIMESTAMP(6), NULL), claimed_by = NULL
        WHERE delivery_id = {} AND claimed_by = {}
        """;

    private const string Alerts =
        """
        SELECT m.delivery_id, a.alert_id, CONCAT(a.status), o.payload
        FROM (SELECT l.delivery_id, l.outbox_id, ROW_NUMBER() OVER (PARTITION BY l.delivery_id ORDER BY l.outbox_id) AS place
              FROM alert_delivery_alerts l WHERE l.delivery_id IN ({0})) m
        JOIN alert_outbox o ON o.outbox_id = m.outbox_id
        JOIN anomaly_alerts a ON a.domain = o.domain AND a.event_uid = o.event_uid
        WHERE m.place <= @most
        ORDER BY m.delivery_id, m.outbox_id
        """;

    /// <summary>Most alerts that are read of a message.</summary>
    public const int MostAlerts = 20;

    private readonly RateLimit? limit = terms.LimitMessages > 0 ? new RateLimit(terms) : null;

    /// <summary>Makes the rows of routes that are not known yet.</summary>
    public static async Task EnsureAsync(MySqlConnection connection, IEnumerable<string> routes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(routes);
        foreach (string route in routes)
        {
            await using var command = new MySqlCommand("INSERT IGNORE INTO alert_routes (route) VALUES (@route)", connection);
            command.Parameters.AddWithValue("@route", route);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Records what is finished and takes what is due, in one transaction.</summary>
    /// <param name="connection">Of <c>StoreSession</c>.</param>
    /// <param name="finished">What became of messages that were taken before.</param>
    /// <param name="most">Messages to take at most, 0 for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<DeliveryTurn> TakeAsync(
        MySqlConnection connection, IReadOnlyList<FinishedDelivery> finished, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(finished);
        await using MySqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        int lost = 0;
        if (finished.Count > 0)
        {
            var batch = new StatementBatch(connection, transaction);
            foreach (FinishedDelivery end in finished)
            {
                await batch.AddAsync(
                    Finish, cancellationToken, end.State, end.Error, (long)end.RetryIn.TotalMicroseconds, end.Counts ? 0 : 1, end.State, end.Delivery.Id,
                    end.Delivery.Claim.ToByteArray()).ConfigureAwait(false);
            }

            lost = finished.Count - await batch.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        int allowed = limit is null || most == 0 ? most : Math.Min(most, await limit.BeginAsync(connection, transaction, cancellationToken).ConfigureAwait(false));
        IReadOnlyList<ClaimedDelivery> claimed = allowed == 0 ? [] : await ClaimAsync(connection, transaction, allowed, cancellationToken).ConfigureAwait(false);
        int held = limit is null || most == 0 ? 0 : await limit.EndAsync(connection, transaction, claimed.Count, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new DeliveryTurn(claimed, held, lost);
    }

    /// <summary>Ends messages that are too old, and forgets attempts that the limit no longer looks at.</summary>
    /// <returns>How many messages have expired.</returns>
    public async Task<int> ExpireAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (limit is not null) await limit.ForgetAsync(connection, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            """
            UPDATE alert_deliveries
            SET state = 'expired', claimed_by = NULL, last_error = CONCAT('too old to be news', IF(last_error IS NULL, '', CONCAT('; last: ', last_error)))
            WHERE route = @route AND state = 'pending' AND next_attempt_at <= UTC_TIMESTAMP(6) AND created_at < UTC_TIMESTAMP(6) - INTERVAL @age SECOND
            """,
            connection);
        command.Parameters.AddWithValue("@route", terms.Route);
        command.Parameters.AddWithValue("@age", (long)terms.MaximumAge.TotalSeconds);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        MySqlConnection connection, MySqlTransaction transaction, int most, CancellationToken cancellationToken)
    {
        List<long> due = await SelectAsync(connection, transaction, most, cancellationToken).ConfigureAwait(false);
        if (due.Count == 0) return [];
        var claim = Guid.NewGuid();
        string ids = string.Join(',', due);
        await using (var take = new MySqlCommand(
            $"UPDATE alert_deliveries SET claimed_by = @claim, attempts = attempts + 1, next_attempt_at = UTC_TIMESTAMP(6) + INTERVAL @lease MICROSECOND WHERE delivery_id IN ({ids})",
            connection,
            transaction))
        {
            take.Parameters.AddWithValue("@claim", claim.ToByteArray());
            take.Parameters.AddWithValue("@lease", (long)terms.Lease.TotalMicroseconds);
            await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        Dictionary<long, ClaimedDelivery> claimed = await ReadAsync(connection, transaction, ids, claim, cancellationToken).ConfigureAwait(false);
        await ReadAlertsAsync(connection, transaction, ids, claimed, cancellationToken).ConfigureAwait(false);
        return [.. due.Select(id => claimed[id])];
    }

    private async Task<List<long>> SelectAsync(MySqlConnection connection, MySqlTransaction transaction, int most, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(Select, connection, transaction);
        command.Parameters.AddWithValue("@route", terms.Route);
        command.Parameters.AddWithValue("@most", most);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var due = new List<long>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) due.Add(row.GetInt64(0));
        return due;
    }

    private static async Task<Dictionary<long, ClaimedDelivery>> ReadAsync(
        MySqlConnection connection, MySqlTransaction transaction, string ids, Guid claim, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(Due.Replace("{0}", ids, StringComparison.Ordinal), connection, transaction);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var read = new Dictionary<long, ClaimedDelivery>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var delivery = new ClaimedDelivery(
                row.GetInt64(0), claim, row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.GetString(6), row.GetString(7),
                row.GetString(8), row.GetString(9), DateTime.SpecifyKind(row.GetDateTime(10), DateTimeKind.Utc));
            read.Add(delivery.Id, delivery);
        }

        return read;
    }

    private static async Task ReadAlertsAsync(
        MySqlConnection connection, MySqlTransaction transaction, string ids, Dictionary<long, ClaimedDelivery> into, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(Alerts.Replace("{0}", ids, StringComparison.Ordinal), connection, transaction);
        command.Parameters.AddWithValue("@most", MostAlerts);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var lists = new Dictionary<long, List<ClaimedAlert>>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!lists.TryGetValue(row.GetInt64(0), out List<ClaimedAlert>? list)) lists.Add(row.GetInt64(0), list = []);
            list.Add(new ClaimedAlert(row.GetInt64(1), row.GetString(2), row.GetString(3)));
        }

        foreach ((long id, List<ClaimedAlert> alerts) in lists) into[id].Alerts = alerts;
    }
}
