using System.Text;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.MariaDb.Alerts;

/// <summary>
/// The statement of one page of a list. Each index holds one status in one order: a page is the sorted merge of the beginnings of as many as it needs, so that it
/// reads a few rows whatever the table's size and whatever was asked for.
/// </summary>
internal sealed class AlertQuery
{
    /// <summary>
    /// Alerts among which one statement seeks a text, which no index finds: it may find fewer alerts than there are, even none, and the list goes on behind them.
    /// </summary>
    public const int Scanned = 2000;

    private const string HasText =
        "(a.event_uid LIKE @text COLLATE utf8mb4_general_ci OR a.entity_id LIKE @text COLLATE utf8mb4_general_ci OR a.notes LIKE @text OR a.explanation LIKE @text COLLATE utf8mb4_general_ci)";

    private static readonly AlertStatus[] AllStatuses = Enum.GetValues<AlertStatus>();
    private static readonly Severity[] AllSeverities = [Severity.Low, Severity.Medium, Severity.High, Severity.Critical];
    private readonly AlertFilter filter;
    private readonly AlertSort sort;
    private readonly AlertPosition? after;
    private readonly List<(string Name, object? Value)> parameters = [];
    private readonly string conditions;

    public AlertQuery(AlertFilter filter, AlertSort sort, AlertPosition? after, int most)
    {
        this.filter = filter;
        this.sort = sort;
        this.after = after;
        conditions = Conditions();
        parameters.Add(("@most", most));
        if (after is not null)
        {
            parameters.Add(("@score", after.Score));
            parameters.Add(("@at", after.OccurredAt));
            parameters.Add(("@changed", after.UpdatedAt));
            parameters.Add(("@id", after.Id));
        }

        var branches = new StringBuilder();
        foreach (string branch in Branches()) branches.Append(branches.Length == 0 ? "" : " UNION ALL ").Append(branch);
        if (branches.Length == 0) return;
        if (filter.Text is not { Length: > 0 } text)
        {
            Sql = $"SELECT {AlertRow.Columns} FROM ({branches}) page JOIN anomaly_alerts a ON a.alert_id = page.alert_id ORDER BY {Order()} LIMIT @most";
            return;
        }

        parameters.Add(("@text", $"%{Escape(text)}%"));
        string scanned = $"SELECT a.alert_id FROM ({branches}) a ORDER BY {Order()}";
        Sql =
            $"SELECT {AlertRow.Columns} FROM ({scanned} LIMIT {Scanned}) page JOIN anomaly_alerts a ON a.alert_id = page.alert_id WHERE {HasText} ORDER BY {Order()} LIMIT @most";
        EndSql = $"SELECT {AlertRow.Columns} FROM ({scanned} LIMIT 1 OFFSET {Scanned - 1}) page JOIN anomaly_alerts a ON a.alert_id = page.alert_id";
    }

    /// <summary>The statement; null when no alert can be on the page.</summary>
    public string? Sql { get; }

    /// <summary>Statement of the last alert among which the text was sought, if there may be more; null without a text.</summary>
    public string? EndSql { get; }

    /// <summary>Its values.</summary>
    public (string Name, object? Value)[] Parameters => [.. parameters];

    private IEnumerable<string> Branches()
    {
        IReadOnlyList<AlertStatus> statuses = filter.Statuses.Count == 0 ? AllStatuses : [.. filter.Statuses.Distinct()];
        bool bySeverity = sort == AlertSort.Severity || filter.Severities.Count > 0;
        foreach (AlertStatus status in statuses)
        {
            if (!bySeverity)
            {
                yield return Branch($"a.status = '{StoredNames.Of(status)}'", After(), IndexOf(sort));
                continue;
            }

            foreach (Severity severity in filter.Severities.Count == 0 ? AllSeverities : [.. filter.Severities.Distinct()])
            {
                if (severity == Severity.None || (sort == AlertSort.Severity && severity > after?.Severity)) continue;
                bool isPast = sort == AlertSort.Severity && severity < after?.Severity;
                string index = sort is AlertSort.Newest or AlertSort.Severity ? "by_severity" : IndexOf(sort);
                yield return Branch($"a.status = '{StoredNames.Of(status)}' AND a.severity = '{StoredNames.Of(severity)}'", isPast ? "" : After(), index);
            }
        }
    }

    private string Branch(string of, string from, string index)
    {
        // An entity, a person or a domain may have few alerts among very many: the optimiser knows which index says so.
        string hint = filter.EntityId is null && filter.AssignedTo is null && filter.Domain is null ? $" FORCE INDEX ({index})" : "";
        string limit = filter.Text is { Length: > 0 } ? Scanned.ToString(System.Globalization.CultureInfo.InvariantCulture) : "@most";
        return $"(SELECT a.alert_id{SortColumns()} FROM anomaly_alerts a{hint} WHERE {of}{conditions}{from} ORDER BY {Order()} LIMIT {limit})";
    }

    /// <summary>What the merge is sorted by, all of it in the index.</summary>
    private string SortColumns() => sort switch
    {
        AlertSort.Score => ", a.score, a.occurred_at",
        AlertSort.Severity => ", a.severity + 0 AS severity, a.occurred_at",
        AlertSort.Updated => ", a.updated_at",
        _ => ", a.occurred_at",
    };

    private static string IndexOf(AlertSort sort) => sort switch
    {
        AlertSort.Score => "by_score",
        AlertSort.Severity => "by_severity",
        AlertSort.Updated => "by_change",
        _ => "by_time",
    };

    private string Order() => sort switch
    {
        AlertSort.Score => "a.score DESC, a.occurred_at DESC, a.alert_id DESC",
        AlertSort.Severity => "a.severity DESC, a.occurred_at DESC, a.alert_id DESC",
        AlertSort.Updated => "a.updated_at DESC, a.alert_id DESC",
        _ => "a.occurred_at DESC, a.alert_id DESC",
    };

    /// <summary>The first part alone is what an index is entered by.</summary>
    private string After() => after is null
        ? ""
        : sort switch
        {
            AlertSort.Score => " AND a.score <= @score AND (a.score < @score OR a.occurred_at < @at OR (a.occurred_at = @at AND a.alert_id < @id))",
            AlertSort.Updated => " AND a.updated_at <= @changed AND (a.updated_at < @changed OR a.alert_id < @id)",
            _ => " AND a.occurred_at <= @at AND (a.occurred_at < @at OR a.alert_id < @id)",
        };

    private string Conditions()
    {
        var sql = new StringBuilder();
        Add(sql, "a.domain = @domain", "@domain", filter.Domain);
        Add(sql, "a.entity_type = @entity_type", "@entity_type", filter.EntityType);
        Add(sql, "a.entity_id = @entity_id", "@entity_id", filter.EntityId);
        Add(sql, "a.occurred_at >= @since", "@since", filter.From);
        Add(sql, "a.occurred_at < @until", "@until", filter.Until);
        if (filter.AssignedTo is { } person)
        {
            if (person.Length == 0) sql.Append(" AND a.assigned_to IS NULL");
            else Add(sql, "a.assigned_to = @person", "@person", person);
        }

        return sql.ToString();
    }

    private void Add(StringBuilder sql, string condition, string name, object? value)
    {
        if (value is null) return;
        sql.Append(" AND ").Append(condition);
        parameters.Add((name, value));
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
