using System.Data;
using System.Runtime.CompilerServices;
using Ecart.Domains.Iot;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Devices and their stored measurements. Thread-safe.</summary>
public sealed class DeviceHistory(string connectionString)
{
    /// <summary>What a device is calibrated on: scored in time, no confirmed fault, and not flagged unless a person said that it was a false alarm.</summary>
    private const string IsNormal =
        "NOT t.is_late AND (t.is_confirmed_anomaly = FALSE OR (t.is_confirmed_anomaly IS NULL AND NOT t.is_anomaly)) AND t.learned_value IS NOT NULL";

    /// <summary>The names of all devices that have measurements, in order.</summary>
    public async Task<IReadOnlyList<string>> ReadDevicesAsync(CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand("SELECT DISTINCT device_id FROM iot_measurements ORDER BY device_id", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var devices = new List<string>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) devices.Add(row.GetString(0));
        return devices;
    }

    /// <summary>Event time of a device's newest measurement; null when it has none.</summary>
    public async Task<DateTime?> FindNewestAsync(string deviceId, CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand("SELECT MAX(occurred_at) FROM iot_measurements WHERE device_id = @device AND NOT is_late", connection);
        command.Parameters.AddWithValue("@device", deviceId);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is DateTime newest ? DateTime.SpecifyKind(newest, DateTimeKind.Utc) : null;
    }

    /// <summary>
    /// Streams a device's normal measurements of a period, both ends included, in the order of their time. Values are in the signal's usual unit; a unit is told
    /// only of those that came in it.
    /// </summary>
    public async IAsyncEnumerable<IotMeasurement> ReadNormalAsync(
        string deviceId, DateTime from, DateTime to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, isReadOnly: true, cancellationToken)
            .ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"""
             SELECT t.occurred_at, t.signal_name, t.measurement_type, t.value, t.unit, t.learned_value FROM iot_measurements t
             WHERE t.device_id = @device AND t.occurred_at >= @from AND t.occurred_at <= @to AND {IsNormal}
             ORDER BY t.occurred_at, t.seq
             """,
            connection,
            snapshot);
        command.Parameters.AddWithValue("@device", deviceId);
        command.Parameters.AddWithValue("@from", from);
        command.Parameters.AddWithValue("@to", to);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var texts = new SharedTexts();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            double learned = row.GetDouble(5);
            string? unit = texts.Read(row, 4);
            yield return new IotMeasurement
            {
                EventUid = "",
                OccurredAt = DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc),
                DeviceId = deviceId,
                Signal = texts.Share(row.GetString(1)),
                Type = StoredNames.MeasurementTypeOf(row.GetString(2)),
                Value = learned,
                Unit = row.GetDouble(3) == learned ? unit : null,
            };
        }
    }

    /// <summary>What is usual for each signal of a device, by name, as it was published last: learned or calibrated.</summary>
    public async Task<IReadOnlyDictionary<string, UsualValues>> ReadUsualAsync(string deviceId, CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            """
            SELECT signal_name, mean_value, std_value FROM iot_device_profiles
            WHERE device_id = @device AND signal_name <> '' AND mean_value IS NOT NULL AND std_value IS NOT NULL
            """,
            connection);
        command.Parameters.AddWithValue("@device", deviceId);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var usual = new Dictionary<string, UsualValues>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) usual[row.GetString(0)] = new UsualValues(row.GetDouble(1), row.GetDouble(2));
        return usual;
    }

    /// <summary>How each signal of the devices stands: its newest day against what is normal for it.</summary>
    public async Task<IReadOnlyList<SignalStanding>> ReadStandingsAsync(CancellationToken cancellationToken = default)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            """
            WITH newest AS (SELECT device_id, MAX(occurred_at) AS at FROM iot_measurements GROUP BY device_id),
            day AS (
              SELECT DISTINCT t.device_id, t.signal_name, n.at,
                MEDIAN(t.distance_to_profile) OVER (PARTITION BY t.device_id, t.signal_name) AS distance
              FROM newest n JOIN iot_measurements t ON t.device_id = n.device_id AND t.occurred_at > n.at - INTERVAL 1 DAY AND NOT t.is_late)
            SELECT day.device_id, day.signal_name, day.at, day.distance, p.warning_distance, p.critical_distance, p.last_calibration,
              COALESCE(p.status <> 'normal', FALSE), p.hours_to_failure, p.hours_at_least, p.hours_at_most
            FROM day LEFT JOIN iot_device_profiles p ON p.device_id = day.device_id AND p.signal_name = day.signal_name
            ORDER BY day.device_id, day.signal_name
            """,
            connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var standings = new List<SignalStanding>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            standings.Add(new SignalStanding(
                row.GetString(0),
                row.GetString(1),
                DateTime.SpecifyKind(row.GetDateTime(2), DateTimeKind.Utc),
                VerdictColumns.Number(row, 3),
                VerdictColumns.Number(row, 4),
                VerdictColumns.Number(row, 5),
                row.IsDBNull(6) ? null : DateTime.SpecifyKind(row.GetDateTime(6), DateTimeKind.Utc),
                row.GetBoolean(7),
                VerdictColumns.Number(row, 8),
                VerdictColumns.Number(row, 9),
                VerdictColumns.Number(row, 10)));
        }

        return standings;
    }
}
