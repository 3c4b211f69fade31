using System.Text.Json;
using MySqlConnector;

namespace Ecart.MariaDb.Entities;

/// <summary>What the store says of entities: their published profiles, days and alerts. Thread-safe.</summary>
public sealed class EntityStore(string connectionString)
{
    /// <summary>What the server counts the first day of the year 1 as, which is day 0 here.</summary>
    private const int FirstDay = 366;

    private readonly PooledStore store = new(connectionString);

    /// <summary>Entities with a profile or a history, by domain, type and id.</summary>
    public async Task<IReadOnlyList<EntityListing>> SearchAsync(EntityFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        IReadOnlyList<(string Sql, (string Name, object? Value)[] Parameters)> sources = EntitySearch.Sources(filter);
        var found = new List<EntityListing>();
        foreach ((string sql, (string Name, object? Value)[] parameters) in sources)
            found.AddRange(await store.ReadAsync(sql, ReadListing, cancellationToken, parameters).ConfigureAwait(false));
        return
        [
            .. found.OrderBy(entity => entity.Domain, StringComparer.Ordinal).ThenBy(entity => entity.EntityType, StringComparer.Ordinal)
                .ThenBy(entity => entity.EntityId, Utf8Order.Instance).DistinctBy(entity => (entity.Domain, entity.EntityType, entity.EntityId)).Take(filter.Most),
        ];
    }

    /// <summary>The published profile of an entity; null without one.</summary>
    public async Task<EntityProfile?> FindProfileAsync(EntityName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        EntityProfile? found = await FindAsync(
            "SELECT observation_count, window_days, distance_mean, distance_std, embedding_version, configuration_version, last_updated FROM normal_profiles "
            + "WHERE domain = @domain AND entity_type = @type AND entity_id = @id",
            name, ReadCommon, cancellationToken).ConfigureAwait(false);
        if (found is not null) return found;
        return (name.Domain, name.EntityType) switch
        {
            ("transactions", "account") => await FindAsync(
                """
                SELECT observation_count, window_days, distance_mean, distance_std, embedding_version, configuration_version, last_updated, mean_amount, max_amount,
                       mean_log_amount, std_log_amount, mean_daily_transactions, hourly_counts, typical_merchants, typical_countries
                FROM account_spending_profiles WHERE account_id = @id
                """,
                name, ReadAccount, cancellationToken).ConfigureAwait(false),
            ("network", "ip") => await FindAsync(
                """
                SELECT observation_count, window_days, distance_mean, distance_std, embedding_version, configuration_version, last_updated, host_type, connections_per_hour,
                       bytes_per_connection, typical_ports, typical_destinations
                FROM network_profiles WHERE ip_address = @id
                """,
                name, ReadAddress, cancellationToken).ConfigureAwait(false),
            ("iot", "device") => await FindDeviceAsync(name, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
    }

    /// <summary>The days with events of an entity, the oldest first; empty where none are counted.</summary>
    public async Task<IReadOnlyList<EntityDay>> ReadDaysAsync(EntityName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        IReadOnlyList<string> parts = await store.ReadAsync(
            "SELECT days FROM entity_history WHERE domain = @domain AND entity_type = @type AND entity_id = @id", row => row.GetString(0), cancellationToken,
            ("@domain", name.Domain), ("@type", name.EntityType), ("@id", name.EntityId)).ConfigureAwait(false);
        var days = new SortedDictionary<int, (long Events, long Frauds)>();
        foreach (long[] day in parts.SelectMany(part => JsonSerializer.Deserialize<long[][]>(part) ?? []))
        {
            (long events, long frauds) = days.GetValueOrDefault((int)day[0]);
            days[(int)day[0]] = (events + day[1], frauds + day[2]);
        }

        return [.. days.Select(day => new EntityDay(DateOnly.FromDayNumber(day.Key - FirstDay), day.Value.Events, day.Value.Frauds))];
    }

    /// <summary>The newest alerts of an entity.</summary>
    public Task<IReadOnlyList<EntityAlert>> ReadAlertsAsync(EntityName name, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return store.ReadAsync(
            """
            SELECT alert_id, occurred_at, event_uid, score, severity, status FROM anomaly_alerts
            WHERE domain = @domain AND entity_type = @type AND entity_id = @id ORDER BY occurred_at DESC LIMIT @most
            """,
            row => new EntityAlert(row.GetInt64(0), row.GetDateTime(1), row.GetString(2), row.GetDouble(3), row.GetString(4), row.GetString(5)),
            cancellationToken,
            ("@domain", name.Domain), ("@type", name.EntityType), ("@id", name.EntityId), ("@most", most));
    }

    private async Task<EntityProfile?> FindDeviceAsync(EntityName name, CancellationToken cancellationToken)
    {
        IReadOnlyList<(EntityProfile Common, SignalFigures? Signal)> rows = await store.ReadAsync(
            """
            SELECT observation_count, window_days, distance_mean, distance_std, embedding_version, configuration_version, last_updated, signal_name, measurement_type,
                   min_value, max_value, mean_value, std_value, baseline_distance, warning_distance, critical_distance, status, hours_to_failure, hours_at_least, hours_at_most,
                   last_calibration
            FROM iot_device_profiles WHERE device_id = @id ORDER BY signal_name
            """,
            ReadSignal,
            cancellationToken,
            ("@id", name.EntityId)).ConfigureAwait(false);
        if (rows.Count == 0) return null;
        SignalFigures[] signals = [.. rows.Select(row => row.Signal).OfType<SignalFigures>()];
        return rows[0].Common with { Signals = signals, Threshold = signals.Length > 0 ? signals.Min(signal => signal.WarningDistance) : rows[0].Common.Threshold };
    }

    private async Task<EntityProfile?> FindAsync(string sql, EntityName name, Func<MySqlDataReader, EntityProfile> read, CancellationToken cancellationToken) =>
        (await store.ReadAsync(sql, read, cancellationToken, ("@domain", name.Domain), ("@type", name.EntityType), ("@id", name.EntityId)).ConfigureAwait(false)) is [var found]
            ? found : null;

    private static EntityListing ReadListing(MySqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.GetDateTime(4));

    private static EntityProfile ReadCommon(MySqlDataReader row)
    {
        double? mean = Number(row, 2), deviation = Number(row, 3);
        return new EntityProfile(row.GetInt32(0), row.GetInt32(1), mean, deviation, row.GetInt32(4), row.GetInt32(5), row.GetDateTime(6))
        {
            Threshold = EntityProfile.ThresholdOf(mean, deviation),
        };
    }

    private static EntityProfile ReadAccount(MySqlDataReader row) => ReadCommon(row) with
    {
        Account = new AccountFigures(
            row.GetDouble(7), row.GetDouble(8), row.GetDouble(9), row.GetDouble(10), row.GetDouble(11), JsonSerializer.Deserialize<double[]>(row.GetString(12)) ?? [],
            Texts(row, 13), Texts(row, 14)),
    };

    private static EntityProfile ReadAddress(MySqlDataReader row) => ReadCommon(row) with
    {
        Address = new AddressFigures(row.GetString(7), row.GetDouble(8), row.GetDouble(9), Texts(row, 10), Texts(row, 11)),
    };

    private static (EntityProfile, SignalFigures?) ReadSignal(MySqlDataReader row) => (
        ReadCommon(row),
        row.GetString(7).Length == 0
            ? null
            : new SignalFigures(
                row.GetString(7), PooledStore.Text(row, 8) ?? "other", Number(row, 9), Number(row, 10), Number(row, 11), Number(row, 12), Number(row, 13), row.GetDouble(14),
                row.GetDouble(15), row.GetString(16), Number(row, 17), Number(row, 18), Number(row, 19), PooledStore.Time(row, 20)));

    private static double? Number(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    /// <summary>Values of a JSON list, numbers or texts, as texts.</summary>
    private static string[] Texts(MySqlDataReader row, int column)
    {
        using JsonDocument list = JsonDocument.Parse(row.GetString(column));
        return [.. list.RootElement.EnumerateArray().Select(value => value.ToString())];
    }
}
