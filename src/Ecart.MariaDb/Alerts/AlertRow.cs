using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Alerts;

/// <summary>Reads rows of <c>anomaly_alerts</c>. Stateless.</summary>
internal static class AlertRow
{
    /// <summary>What <see cref="Read"/> takes, of the table under the alias <c>a</c>.</summary>
    public const string Columns =
        "a.alert_id, a.domain, a.event_uid, a.lane, a.seq, a.occurred_at, a.entity_type, a.entity_id, CONCAT(a.alert_type), CONCAT(a.severity), a.score, a.explanation, "
        + "CONCAT(a.status), a.assigned_to, a.notes, a.created_at, a.updated_at, a.resolved_at, a.revision, a.is_unlabelled";

    public static Alert Read(MySqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Domain = row.GetString(1),
        EventUid = row.GetString(2),
        Lane = row.GetInt32(3),
        Seq = row.GetInt64(4),
        OccurredAt = row.GetDateTime(5),
        EntityType = row.GetString(6),
        EntityId = row.GetString(7),
        Kind = row.GetString(8),
        Severity = StoredNames.SeverityOf(row.GetString(9)),
        Score = row.GetDouble(10),
        Explanation = AlertExplanation.Read(row.GetString(11)),
        Status = StoredNames.AlertStatusOf(row.GetString(12)),
        AssignedTo = PooledStore.Text(row, 13),
        Notes = PooledStore.Text(row, 14),
        CreatedAt = row.GetDateTime(15),
        UpdatedAt = row.GetDateTime(16),
        ResolvedAt = PooledStore.Time(row, 17),
        Revision = row.GetInt32(18),
        IsUnlabelled = !row.IsDBNull(19),
    };
}
