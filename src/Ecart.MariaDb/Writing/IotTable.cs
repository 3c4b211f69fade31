using Ecart.Domains.Iot;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>iot_measurements</c>. Not thread-safe.</summary>
public sealed class IotTable : IEventTable
{
    private const string Score = "score";
    private const string Flag = "is_anomaly";
    private const int FirstOfVerdict = 9;
    private static readonly VerdictColumns Shape = Make();
    private readonly VerdictColumns verdicts = Make();
    private readonly SharedTexts texts = new();

    /// <inheritdoc/>
    public string Domain => IotMeasurement.DomainName;

    /// <inheritdoc/>
    public string Table => "iot_measurements";

    /// <inheritdoc/>
    public int Dimension => IotLayout.Dimension;

    /// <inheritdoc/>
    public string UidColumn => "measurement_id";

    /// <inheritdoc/>
    public string EntityColumn => "device_id";

    /// <inheritdoc/>
    public string ScoreColumn => Score;

    /// <inheritdoc/>
    public string FlagColumn => Flag;

    /// <inheritdoc/>
    public string LabelColumn => "is_confirmed_anomaly";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "lane", "seq", "measurement_id", "occurred_at", "device_id", "signal_name", "measurement_type", "value", "unit", "location", .. Shape.Written, "anomaly_type",
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> ReadColumns { get; } =
    [
        "t.lane", "t.seq", "t.measurement_id", "t.occurred_at", "t.device_id", "t.signal_name", "t.measurement_type", "t.unit", "t.location", .. Shape.Taken, "t.value",
    ];

    /// <inheritdoc/>
    public void WriteRow(in ScoredEvent scored, RowWriter row)
    {
        var measurement = (IotMeasurement)scored.Event;
        row.Number(scored.Lane);
        row.Number(scored.Seq);
        row.Text(measurement.EventUid);
        row.Time(measurement.OccurredAt);
        row.Text(measurement.DeviceId);
        row.Text(measurement.Signal);
        row.Text(StoredNames.Of(measurement.Type));
        row.Number(measurement.Value);
        row.Text(measurement.Unit);
        row.Text(measurement.Location);
        verdicts.Write(scored.Verdict, row);
        row.Text(AnomalyTypeOf(scored.Verdict));
        row.EndRow();
    }

    /// <inheritdoc/>
    public ScoredEvent ReadRow(MySqlDataReader row, Verdict verdict)
    {
        var measurement = new IotMeasurement
        {
            EventUid = row.GetString(2),
            OccurredAt = DateTime.SpecifyKind(row.GetDateTime(3), DateTimeKind.Utc),
            DeviceId = texts.Share(row.GetString(4)),
            Signal = texts.Share(row.GetString(5)),
            Type = StoredNames.MeasurementTypeOf(row.GetString(6)),
            Unit = texts.Read(row, 7),
            Location = texts.Read(row, 8),
            Value = row.GetDouble(FirstOfVerdict + Shape.Taken.Count),
        };
        verdicts.Read(row, FirstOfVerdict, verdict);
        return new ScoredEvent(measurement, verdict, row.GetInt32(0), row.GetInt64(1));
    }

    /// <summary>The code of the largest contribution to a flagged verdict; null for others.</summary>
    private static string? AnomalyTypeOf(Verdict verdict)
    {
        if (!verdict.IsAnomaly) return null;
        string? code = null;
        double most = 0;
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            if (evidence.Contribution <= most) continue;
            most = evidence.Contribution;
            code = evidence.Code;
        }

        return code;
    }

    private static VerdictColumns Make() => new(Score, Flag, "learned_value", hasLayout: false);
}
