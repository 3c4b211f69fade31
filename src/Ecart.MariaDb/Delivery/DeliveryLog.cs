using System.Globalization;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Delivery;

/// <summary>The messages about alerts, for people. Thread-safe.</summary>
public sealed class DeliveryLog(string connectionString)
{
    /// <summary>Reads messages, the newest first.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> ReadAsync(DeliveryFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"""
             SELECT d.delivery_id, d.route, CONCAT(d.action), CONCAT(d.kind), CONCAT(d.severity), d.alerts, CONCAT(d.state), d.attempts,
                    IF(d.state = 'pending', d.next_attempt_at, NULL), t.dedup_key, d.last_error, d.created_at, d.delivered_at
             FROM alert_deliveries d JOIN alert_threads t ON t.thread_id = d.thread_id
             WHERE {Ids(filter)} AND (@route IS NULL OR d.route = @route) AND (@state IS NULL OR d.state = @state) AND (@since IS NULL OR d.created_at >= @since)
             ORDER BY d.delivery_id DESC LIMIT @most
             """,
            connection);
        AddTo(command, filter);
        command.Parameters.AddWithValue("@most", filter.Most);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<DeliveryRow>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(Read(row));
        return rows;
    }

    /// <summary>
    /// Has failed and expired messages sent again, with what was said of their thread after them, so that the target ends as the alert stands. Those that open a
    /// thread which is closed by now are left.
    /// </summary>
    /// <returns>Messages that are pending again.</returns>
    public async Task<int> RetryAsync(DeliveryFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"""
             UPDATE alert_deliveries r
             JOIN (SELECT d.thread_id, MIN(d.delivery_id) AS first_id
                   FROM alert_deliveries d JOIN alert_threads t ON t.thread_id = d.thread_id
                   WHERE {Ids(filter)} AND d.state IN ('failed', 'expired') AND (d.action <> 'trigger' OR t.told <> 'resolve')
                     AND (@route IS NULL OR d.route = @route) AND (@state IS NULL OR d.state = @state) AND (@since IS NULL OR d.created_at >= @since)
                   GROUP BY d.thread_id) f ON f.thread_id = r.thread_id AND r.delivery_id >= f.first_id
             SET r.state = 'pending', r.attempts = 0, r.next_attempt_at = UTC_TIMESTAMP(6), r.created_at = UTC_TIMESTAMP(6), r.claimed_by = NULL, r.delivered_at = NULL
             WHERE r.state <> 'pending'
             """,
            connection);
        AddTo(command, filter);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How the routes stand that have messages waiting or given up, or hold some back.</summary>
    public static async Task<IReadOnlyList<RouteStanding>> ReadStandingAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            """
            SELECT r.route, COUNT(IF(d.state = 'pending', 1, NULL)), COUNT(IF(d.state = 'failed', 1, NULL)),
                   COALESCE(CAST(TIMESTAMPDIFF(MICROSECOND, MIN(IF(d.state = 'pending', d.created_at, NULL)), UTC_TIMESTAMP(6)) AS SIGNED), 0), r.held_back
            FROM alert_routes r LEFT JOIN alert_deliveries d ON d.route = r.route AND d.state IN ('pending', 'failed')
            GROUP BY r.route, r.held_back
            """,
            connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var routes = new List<RouteStanding>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            routes.Add(new RouteStanding(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), TimeSpan.FromMicroseconds(Math.Max(0, row.GetInt64(3))), row.GetInt64(4)));
        }

        return routes;
    }

    private static string Ids(DeliveryFilter filter) => filter.Ids switch
    {
        null => "TRUE",
        { Count: 0 } => "FALSE",
        { } ids => $"d.delivery_id IN ({string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))})",
    };

    private static void AddTo(MySqlCommand command, DeliveryFilter filter)
    {
        command.Parameters.AddWithValue("@route", filter.Route);
        command.Parameters.AddWithValue("@state", filter.State);
        command.Parameters.AddWithValue("@since", filter.Since);
    }

    private static DeliveryRow Read(MySqlDataReader row)
    {
        DateTime? Time(int column) => row.IsDBNull(column) ? null : DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);
        return new DeliveryRow(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.GetString(6), row.GetInt32(7), Time(8),
            row.GetString(9), row.IsDBNull(10) ? null : row.GetString(10), Time(11)!.Value, Time(12));
    }
}
