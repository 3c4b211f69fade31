using System.Globalization;
using System.Text;
using System.Text.Json;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Alerts;

/// <summary>
/// What people do to alerts: take, assign, comment, set the status, several at a time. Each change is in the history of its alert and in the audit log, in its own
/// transaction; a decision waits there until the service of its domain has learned from it. Thread-safe.
/// </summary>
public sealed class AlertWork(string connectionString)
{
    private const string Lock =
        "SELECT a.alert_id, a.domain, CONCAT(a.status), a.assigned_to, a.revision FROM anomaly_alerts a WHERE a.alert_id IN ({0}) ORDER BY a.alert_id FOR UPDATE";

    private readonly PooledStore store = new(connectionString);

    /// <summary>Does one thing to some alerts: to each of them, or says why not.</summary>
    /// <param name="action">What.</param>
    /// <param name="ids">The alerts, at most <see cref="AlertAction.MostAlerts"/>.</param>
    /// <param name="revisions">The revisions that the person has seen; an alert that was changed since is left as it is. Alerts that are not named are not checked.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    /// <returns>One result an alert, in the order of <paramref name="ids"/>.</returns>
    /// <exception cref="ArgumentException">The action cannot be done to any alert: a comment without text, a status that is not given, too many alerts.</exception>
    public Task<IReadOnlyList<AlertActionResult>> DoAsync(
        AlertAction action, IReadOnlyList<long> ids, IReadOnlyDictionary<long, int>? revisions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count is 0 or > AlertAction.MostAlerts) throw new ArgumentException($"An action has 1 to {AlertAction.MostAlerts} alerts, not {ids.Count}.", nameof(ids));
        if (action.Kind == AlertActionKind.Comment && string.IsNullOrWhiteSpace(action.Note)) throw new ArgumentException("A comment has a text.", nameof(action));
        if (action.Kind == AlertActionKind.SetStatus && action.Status is null) throw new ArgumentException("A status is given.", nameof(action));
        return store.ChangeAsync(transaction => DoAsync(transaction, action, ids, revisions, cancellationToken), cancellationToken);
    }

    private static async Task<IReadOnlyList<AlertActionResult>> DoAsync(
        MySqlTransaction transaction, AlertAction action, IReadOnlyList<long> ids, IReadOnlyDictionary<long, int>? revisions, CancellationToken cancellationToken)
    {
        Dictionary<long, Standing> found = await LockAsync(transaction, ids, cancellationToken).ConfigureAwait(false);
        var results = new Dictionary<long, AlertActionResult>();
        var changed = new List<Standing>();
        var said = new List<Standing>();
        foreach (long id in ids.Distinct())
        {
            if (!found.TryGetValue(id, out Standing? alert))
            {
                results[id] = new AlertActionResult(id, AlertActionOutcome.Missing, null, null, null, 0);
                continue;
            }

            AlertActionOutcome outcome = Judge(action, alert, revisions);
            bool isSaid = action.Kind == AlertActionKind.Comment || (outcome == AlertActionOutcome.Unchanged && action.Note is not null);
            if (outcome == AlertActionOutcome.Done) changed.Add(alert);
            if (outcome != AlertActionOutcome.Conflict && isSaid) said.Add(alert);
            results[id] = ResultOf(action, alert, outcome, isSaid);
        }

        if (said.Count > 0) await CommentAsync(transaction, action, said, cancellationToken).ConfigureAwait(false);
        if (changed.Count > 0 && action.Kind != AlertActionKind.Comment) await ChangeAsync(transaction, action, changed, cancellationToken).ConfigureAwait(false);
        Standing[] told = [.. changed.Union(said)];
        if (told.Length > 0) await TellAsync(transaction, action, told, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => results[id])];
    }

    private static AlertActionOutcome Judge(AlertAction action, Standing alert, IReadOnlyDictionary<long, int>? revisions)
    {
        if (revisions is not null && revisions.TryGetValue(alert.Id, out int seen) && seen != alert.Revision) return AlertActionOutcome.Conflict;
        switch (action.Kind)
        {
            case AlertActionKind.Take:
                if (alert.AssignedTo is not null && alert.AssignedTo != action.Actor) return AlertActionOutcome.Conflict;
                return alert.AssignedTo == action.Actor && alert.Status != AlertStatus.New ? AlertActionOutcome.Unchanged : AlertActionOutcome.Done;
            case AlertActionKind.Assign: return alert.AssignedTo == action.Assignee ? AlertActionOutcome.Unchanged : AlertActionOutcome.Done;
            case AlertActionKind.SetStatus: return alert.Status == action.Status ? AlertActionOutcome.Unchanged : AlertActionOutcome.Done;
            default: return AlertActionOutcome.Done;
        }
    }

    private static AlertActionResult ResultOf(AlertAction action, Standing alert, AlertActionOutcome outcome, bool isSaid)
    {
        if (outcome == AlertActionOutcome.Conflict || (outcome == AlertActionOutcome.Unchanged && !isSaid))
            return new AlertActionResult(alert.Id, outcome, alert.Domain, alert.Status, alert.AssignedTo, alert.Revision);
        AlertStatus status = action.Kind switch
        {
            AlertActionKind.SetStatus => action.Status!.Value,
            AlertActionKind.Take when alert.Status == AlertStatus.New => AlertStatus.Investigating,
            _ => alert.Status,
        };
        string? assignee = action.Kind switch
        {
            AlertActionKind.Take => action.Actor,
            AlertActionKind.Assign => action.Assignee,
            _ => alert.AssignedTo,
        };
        return new AlertActionResult(alert.Id, outcome, alert.Domain, status, assignee, alert.Revision + 1);
    }

    private static async Task<Dictionary<long, Standing>> LockAsync(MySqlTransaction transaction, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = PooledStore.Command(transaction, Lock.Replace("{0}", List(ids), StringComparison.Ordinal));
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<long, Standing>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            found.Add(row.GetInt64(0), new Standing(row.GetInt64(0), row.GetString(1), StoredNames.AlertStatusOf(row.GetString(2)), PooledStore.Text(row, 3), row.GetInt32(4)));
        return found;
    }

    /// <summary>The triggers of the table write the history.</summary>
    private static Task<int> ChangeAsync(MySqlTransaction transaction, AlertAction action, IReadOnlyList<Standing> alerts, CancellationToken cancellationToken)
    {
        string set = action.Kind switch
        {
            AlertActionKind.Take => "a.assigned_to = @actor, a.status = IF(a.status = 'new', 'investigating', a.status)",
            AlertActionKind.Assign => "a.assigned_to = @assignee",
            _ => "a.status = @status",
        };
        return PooledStore.ExecuteAsync(
            transaction,
            $"""
             SET @ecart_actor = @actor, @ecart_note = @note;
             UPDATE anomaly_alerts a SET {set}, a.notes = COALESCE(@note, a.notes) WHERE a.alert_id IN ({List(alerts.Select(alert => alert.Id))});
             SET @ecart_actor = NULL, @ecart_note = NULL
             """,
            cancellationToken,
            ("@actor", action.Actor),
            ("@note", action.Note),
            ("@assignee", action.Assignee),
            ("@status", action.Status is { } status ? StoredNames.Of(status) : null));
    }

    private static async Task CommentAsync(MySqlTransaction transaction, AlertAction action, IReadOnlyList<Standing> alerts, CancellationToken cancellationToken)
    {
        string ids = List(alerts.Select(alert => alert.Id));
        await PooledStore.ExecuteAsync(
            transaction,
            $"UPDATE anomaly_alerts a SET a.notes = @note, a.revision = a.revision + 1, a.updated_at = UTC_TIMESTAMP(6) WHERE a.alert_id IN ({ids})",
            cancellationToken,
            ("@note", action.Note)).ConfigureAwait(false);
        await PooledStore.ExecuteAsync(
            transaction,
            $"INSERT INTO alert_history (alert_id, action, actor, note) SELECT a.alert_id, 'comment', @actor, @note FROM anomaly_alerts a WHERE a.alert_id IN ({ids})",
            cancellationToken,
            ("@actor", action.Actor),
            ("@note", action.Note)).ConfigureAwait(false);
    }

    private static async Task TellAsync(MySqlTransaction transaction, AlertAction action, IReadOnlyList<Standing> alerts, CancellationToken cancellationToken)
    {
        var detail = new Dictionary<string, string>();
        if (action.Status is { } status) detail["status"] = StoredNames.Of(status);
        if (action.Kind == AlertActionKind.Assign) detail["assignee"] = action.Assignee ?? "";
        if (action.Note is { } note) detail["note"] = note;
        var sql = new StringBuilder("INSERT INTO audit_log (actor, action, subject_type, subject_id, detail) VALUES ");
        foreach (Standing alert in alerts) sql.Append(CultureInfo.InvariantCulture, $"(@actor, @action, 'alert', '{alert.Id}', @detail),");
        sql.Length--;
        await PooledStore.ExecuteAsync(
            transaction, sql.ToString(), cancellationToken, ("@actor", action.Actor), ("@action", StoredNames.Of(action.Kind)),
            ("@detail", detail.Count == 0 ? null : JsonSerializer.Serialize(detail))).ConfigureAwait(false);
    }

    private static string List(IEnumerable<long> ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>How an alert stands before the action.</summary>
    private sealed record Standing(long Id, string Domain, AlertStatus Status, string? AssignedTo, int Revision);
}
