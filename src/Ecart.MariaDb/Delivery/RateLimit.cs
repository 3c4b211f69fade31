using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Delivery;

/// <summary>
/// Holds a route to its limit over all processes, by a list of its attempts in the store, and says in a thread of its own how many messages it holds back. The
/// route's row is locked from begin to the end of the transaction. Not thread-safe.
/// </summary>
internal sealed class RateLimit(ClaimTerms terms)
{
    /// <summary>What is held back is told again no sooner.</summary>
    private const int TellSeconds = 60;

    private const string Open =
        """
        INSERT INTO alert_threads (route, dedup_key, domain, entity_type, entity_id)
        VALUES (@route, CONCAT('ecart:held-back:', @route, ':', UNIX_TIMESTAMP(UTC_TIMESTAMP(6))), '', '', '')
        ON DUPLICATE KEY UPDATE thread_id = LAST_INSERT_ID(thread_id);
        UPDATE alert_routes SET held_thread_id = LAST_INSERT_ID() WHERE route = @route;
        """;

    // Its time of the year 2000 puts it before what is held back.
    private const string Tell =
        """
        INSERT INTO alert_deliveries (thread_id, route, action, kind, severity, alerts, next_attempt_at)
        SELECT held_thread_id, route, 'trigger', 'held_back', 'medium', @held, '2000-01-01' FROM alert_routes WHERE route = @route;
        UPDATE alert_routes SET told_held_at = UTC_TIMESTAMP(6) WHERE route = @route;
        """;

    private const string End =
        """
        INSERT INTO alert_deliveries (thread_id, route, action, kind, severity, alerts, next_attempt_at)
        SELECT held_thread_id, route, 'resolve', 'held_back', 'medium', 0, '2000-01-01' FROM alert_routes WHERE route = @route;
        UPDATE alert_threads SET told = 'resolve' WHERE thread_id = (SELECT held_thread_id FROM alert_routes WHERE route = @route);
        UPDATE alert_routes SET held_thread_id = NULL, told_held_at = NULL WHERE route = @route;
        """;

    private bool isTelling;
    private bool isTold;
    private int heldBefore;
    private int allowed;

    /// <summary>How many messages may be taken now.</summary>
    public async Task<int> BeginAsync(MySqlConnection connection, MySqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using (var state = new MySqlCommand(
            """
            SELECT held_thread_id IS NOT NULL, COALESCE(told_held_at > UTC_TIMESTAMP(6) - INTERVAL @seconds SECOND, FALSE), held_back
            FROM alert_routes WHERE route = @route FOR UPDATE
            """,
            connection,
            transaction))
        {
            state.Parameters.AddWithValue("@route", terms.Route);
            state.Parameters.AddWithValue("@seconds", Math.Max(TellSeconds, (int)terms.LimitPeriod.TotalSeconds));
            await using MySqlDataReader row = await state.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false)) throw new InvalidOperationException($"The route {terms.Route} has no row in alert_routes.");
            (isTelling, isTold, heldBefore) = (row.GetInt32(0) != 0, row.GetInt32(1) != 0, row.GetInt32(2));
        }

        // Asked after the lock is there: the attempts of whoever had it before must be seen, and a row's time is that of its statement.
        await using var count = new MySqlCommand(
            "SELECT COUNT(*) FROM alert_route_sends WHERE route = @route AND sent_at > UTC_TIMESTAMP(6) - INTERVAL @period MICROSECOND", connection, transaction);
        count.Parameters.AddWithValue("@route", terms.Route);
        count.Parameters.AddWithValue("@period", (long)terms.LimitPeriod.TotalMicroseconds);
        allowed = Math.Max(0, terms.LimitMessages - Convert.ToInt32(await count.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture));
        return allowed;
    }

    /// <summary>Notes the attempts and tells what is held back.</summary>
    /// <returns>How many messages are.</returns>
    public async Task<int> EndAsync(MySqlConnection connection, MySqlTransaction transaction, int taken, CancellationToken cancellationToken)
    {
        if (taken > 0)
        {
            await ExecuteAsync(
                connection,
                transaction,
                $"INSERT INTO alert_route_sends (route, sent_at) VALUES {string.Join(',', Enumerable.Repeat("(@route, UTC_TIMESTAMP(6))", taken))}",
                cancellationToken).ConfigureAwait(false);
        }

        // What waits while the limit permits more waits for something else.
        bool isReached = taken >= allowed;
        if (!isReached && !isTelling) return 0;
        int due = await CountDueAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        int held = isReached ? due : due == 0 ? 0 : heldBefore;
        string sql = held > 0 && !isTelling ? Open + Tell : held > 0 && !isTold ? Tell : held == 0 && isTelling ? End : "";
        if (held != heldBefore) sql += "UPDATE alert_routes SET held_back = @held WHERE route = @route;";
        if (sql.Length > 0) await ExecuteAsync(connection, transaction, sql, cancellationToken, held).ConfigureAwait(false);
        return held;
    }

    /// <summary>Removes attempts that are older than the limit looks back.</summary>
    public async Task ForgetAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            "DELETE FROM alert_route_sends WHERE route = @route AND sent_at < UTC_TIMESTAMP(6) - INTERVAL @period MICROSECOND", connection);
        command.Parameters.AddWithValue("@route", terms.Route);
        command.Parameters.AddWithValue("@period", (long)(2 * terms.LimitPeriod.TotalMicroseconds));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> CountDueAsync(MySqlConnection connection, MySqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            "SELECT COUNT(*) FROM alert_deliveries WHERE route = @route AND state = 'pending' AND next_attempt_at <= UTC_TIMESTAMP(6) AND kind = 'alerts'",
            connection,
            transaction);
        command.Parameters.AddWithValue("@route", terms.Route);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private async Task ExecuteAsync(MySqlConnection connection, MySqlTransaction transaction, string sql, CancellationToken cancellationToken, int held = 0)
    {
        await using var command = new MySqlCommand(sql, connection, transaction);
        command.Parameters.AddWithValue("@route", terms.Route);
        command.Parameters.AddWithValue("@held", held);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
