using Ecart.Domains.Network;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>network_connections</c>. Not thread-safe.</summary>
public sealed class NetworkTable : IEventTable
{
    private const string Score = "score";
    private const string Flag = "is_suspicious";
    private const int FirstOfVerdict = 27;
    private static readonly VerdictColumns Shape = Make();
    private readonly VerdictColumns verdicts = Make();
    private readonly SharedTexts texts = new();

    /// <inheritdoc/>
    public string Domain => NetworkFlow.DomainName;

    /// <inheritdoc/>
    public string Table => "network_connections";

    /// <inheritdoc/>
    public int Dimension => NetworkLayout.Dimension;

    /// <inheritdoc/>
    public string UidColumn => "connection_id";

    /// <inheritdoc/>
    public string EntityColumn => "src_ip";

    /// <inheritdoc/>
    public string ScoreColumn => Score;

    /// <inheritdoc/>
    public string FlagColumn => Flag;

    /// <inheritdoc/>
    public string LabelColumn => "is_confirmed_threat";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "lane", "seq", "connection_id", "occurred_at", "src_ip", "src_port", "dst_ip", "dst_port", "protocol", "record_kind", "service", "bytes_sent",
        "bytes_received", "packets_sent", "packets_received", "duration_seconds", "tcp_flags", "state", "src_scope", "dst_scope", "login_attempts",
        "login_succeeded", "query_name", "is_name_unknown", "alert_name", "alert_category", "alert_severity", .. Shape.Written,
        "threat_type",
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> ReadColumns { get; } =
    [
        "t.lane", "t.seq", "t.connection_id", "t.occurred_at", "t.src_ip", "t.src_port", "t.dst_ip", "t.dst_port", "t.protocol + 0", "t.record_kind + 0",
        "t.service", "t.bytes_sent", "t.bytes_received", "t.packets_sent", "t.packets_received", "t.duration_seconds", "t.tcp_flags + 0", "t.state + 0",
        "t.src_scope + 0", "t.dst_scope + 0", "t.login_attempts", "t.login_succeeded", "t.query_name", "t.is_name_unknown", "t.alert_name",
        "t.alert_category", "t.alert_severity", .. Shape.Taken, "t.threat_type", "t.threat_type = 'scan' AND t.reasons LIKE '%\"slow_scan\"%'",
        "t.is_suspicious AND t.suppressed_by IS NULL", "t.severity + 0",
    ];

    /// <inheritdoc/>
    public void WriteRow(in ScoredEvent scored, RowWriter row)
    {
        var flow = (NetworkFlow)scored.Event;
        row.Number(scored.Lane);
        row.Number(scored.Seq);
        row.Text(flow.EventUid);
        row.Time(flow.OccurredAt);
        row.Text(flow.SourceAddress);
        row.Number(flow.SourcePort);
        row.Text(flow.DestinationAddress);
        row.Number(flow.DestinationPort);
        row.Text(StoredNames.Of(flow.Protocol));
        row.Text(StoredNames.Of(flow.Kind));
        row.Text(flow.Service);
        row.Number(flow.BytesOut);
        row.Number(flow.BytesIn);
        row.Number(flow.PacketsOut);
        row.Number(flow.PacketsIn);
        row.Number(flow.DurationSeconds);
        row.Text(StoredNames.Of(flow.Flags));
        row.Text(StoredNames.Of(flow.State));
        row.Text(StoredNames.Of(flow.SourceScope));
        row.Text(StoredNames.Of(flow.DestinationScope));
        row.Number(flow.LoginAttempts);
        if (flow.LoginSucceeded is { } succeeded) row.Boolean(succeeded);
        else row.Null();
        row.Text(flow.QueryName);
        row.Boolean(flow.IsNameUnknown);
        row.Text(flow.AlertName);
        row.Text(flow.AlertCategory);
        row.Number(flow.AlertSeverity);
        verdicts.Write(scored.Verdict, row);
        row.Text(ThreatClass.Of(scored.Verdict));
        row.EndRow();
    }

    /// <inheritdoc/>
    public ScoredEvent ReadRow(MySqlDataReader row, Verdict verdict)
    {
        var flow = new NetworkFlow
        {
            EventUid = row.GetString(2),
            OccurredAt = DateTime.SpecifyKind(row.GetDateTime(3), DateTimeKind.Utc),
            SourceAddress = texts.Share(row.GetString(4)),
            SourcePort = row.GetInt32(5),
            DestinationAddress = texts.Share(row.GetString(6)),
            DestinationPort = row.GetInt32(7),
            Protocol = (NetworkProtocol)Position(row, 8),
            Kind = (NetworkRecordKind)Position(row, 9),
            Service = texts.Read(row, 10),
            BytesOut = row.GetInt64(11),
            BytesIn = row.GetInt64(12),
            PacketsOut = row.GetInt64(13),
            PacketsIn = row.GetInt64(14),
            DurationSeconds = row.GetDouble(15),
            Flags = (TcpControlBits)(Position(row, 16) + 1),
            State = (ConnectionState)Position(row, 17),
            SourceScope = (AddressScope)Position(row, 18),
            DestinationScope = (AddressScope)Position(row, 19),
            LoginAttempts = row.GetInt32(20),
            LoginSucceeded = row.IsDBNull(21) ? null : row.GetBoolean(21),
            QueryName = texts.Read(row, 22),
            IsNameUnknown = row.GetBoolean(23),
            AlertName = texts.Read(row, 24),
            AlertCategory = texts.Read(row, 25),
            AlertSeverity = row.GetInt32(26),
        };
        verdicts.Read(row, FirstOfVerdict, verdict);
        ReadTold(row, FirstOfVerdict + Shape.Taken.Count, verdict);
        return new ScoredEvent(flow, verdict, row.GetInt32(0), row.GetInt64(1));
    }

    /// <summary>What was told of the source: its state remembers that, so that it is not told again at once.</summary>
    private void ReadTold(MySqlDataReader row, int first, Verdict verdict)
    {
        if (texts.Read(row, first) is not { } threat) return;
        if (!row.IsDBNull(first + 1) && row.GetBoolean(first + 1)) verdict.Add(Told(EvidenceCode.SlowScan, null));
        verdict.Add(Told(EvidenceCode.ThreatClass, threat));
        verdict.IsAnomaly = row.GetBoolean(first + 2);
        verdict.Severity = (Severity)Position(row, first + 3);
    }

    private static Evidence Told(string code, string? subject) => new(code, 0, double.NaN, double.NaN, double.NaN, double.NaN, subject);

    /// <summary>Place of an enumeration's value, from 0.</summary>
    private static int Position(MySqlDataReader row, int column) => Convert.ToInt32(row.GetValue(column), null) - 1;

    private static VerdictColumns Make() => new(Score, Flag, "learned_bytes", hasLayout: true);
}
