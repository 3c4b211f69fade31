using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Alerts;

/// <summary>Reads rows of <c>alert_history</c>. Stateless.</summary>
internal static class HistoryRow
{
    /// <summary>What <see cref="Read"/> takes, of the table under the alias <c>h</c>.</summary>
    public const string Columns = "h.history_id, h.alert_id, CONCAT(h.action), h.from_value, h.to_value, h.actor, h.note, h.done_at";

    public static AlertHistoryEntry Read(MySqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), StoredNames.AlertActionOf(row.GetString(2)), PooledStore.Text(row, 3), PooledStore.Text(row, 4), row.GetString(5),
        PooledStore.Text(row, 6), row.GetDateTime(7));
}
