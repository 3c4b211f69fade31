using System.Globalization;
using System.Text.Json;
using Ecart.MariaDb.Writing;
using MySqlConnector;
using Orleans;
using Orleans.Runtime;

namespace Ecart.Streaming.Cluster;

/// <summary>
/// The nodes of a cluster in MariaDB. Every change names the version of the list that it is made from and fails when another came first. Thread-safe.
/// </summary>
internal sealed class MembershipTable(string connectionString, string cluster) : IMembershipTable
{
    private const string Columns = "address, name, host, status, started_at, alive_at, suspects";

    public Task InitializeMembershipTable(bool tryInitTableVersion) => WithConnectionAsync(connection => ExecuteAsync(
        connection, null, "INSERT IGNORE INTO cluster_versions (cluster) VALUES (@cluster)"));

    public Task DeleteMembershipTableEntries(string clusterId) => WithConnectionAsync(connection => ExecuteAsync(
        connection, null, "DELETE FROM cluster_nodes WHERE cluster = @cluster; DELETE FROM cluster_versions WHERE cluster = @cluster"));

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => WithConnectionAsync(connection => ExecuteAsync(
        connection, null, "DELETE FROM cluster_nodes WHERE cluster = @cluster AND status = @dead AND alive_at < @before",
        ("@dead", (int)SiloStatus.Dead), ("@before", beforeDate.UtcDateTime)));

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync(key);

    public Task<MembershipTableData> ReadAll() => ReadAsync(null);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => ChangeAsync(
        entry, tableVersion, $"INSERT IGNORE INTO cluster_nodes (cluster, {Columns}) VALUES (@cluster, @address, @name, @host, @status, @started, @alive, @suspects)");

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => ChangeAsync(
        entry, tableVersion, "UPDATE cluster_nodes SET status = @status, alive_at = @alive, suspects = @suspects WHERE cluster = @cluster AND address = @address");

    public Task UpdateIAmAlive(MembershipEntry entry) => WithConnectionAsync(connection => ExecuteAsync(
        connection, null, "UPDATE cluster_nodes SET alive_at = @alive WHERE cluster = @cluster AND address = @address",
        ("@alive", entry.IAmAliveTime), ("@address", entry.SiloAddress.ToParsableString())));

    private async Task<bool> ChangeAsync(MembershipEntry entry, TableVersion next, string change)
    {
        bool isDone = false;
        await WithConnectionAsync(async connection =>
        {
            await using MySqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
            int moved = await ExecuteAsync(
                connection, transaction, "UPDATE cluster_versions SET version = @next WHERE cluster = @cluster AND version = @from",
                ("@next", next.Version), ("@from", long.Parse(next.VersionEtag, CultureInfo.InvariantCulture))).ConfigureAwait(false);
            if (moved != 1) return 0;
            int changed = await ExecuteAsync(
                connection, transaction, change,
                ("@address", entry.SiloAddress.ToParsableString()), ("@name", entry.SiloName), ("@host", entry.HostName), ("@status", (int)entry.Status),
                ("@started", entry.StartTime), ("@alive", entry.IAmAliveTime), ("@suspects", Write(entry.SuspectTimes))).ConfigureAwait(false);
            if (changed != 1) return 0;
            await transaction.CommitAsync().ConfigureAwait(false);
            isDone = true;
            return changed;
        }).ConfigureAwait(false);
        return isDone;
    }

    private async Task<MembershipTableData> ReadAsync(SiloAddress? one)
    {
        MembershipTableData? read = null;
        await WithConnectionAsync(async connection =>
        {
            await using MySqlTransaction snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Snapshot).ConfigureAwait(false);
            await using MySqlCommand ask = Command(connection, snapshot, "SELECT version FROM cluster_versions WHERE cluster = @cluster");
            int version = Convert.ToInt32(await ask.ExecuteScalarAsync().ConfigureAwait(false), CultureInfo.InvariantCulture);
            string etag = version.ToString(CultureInfo.InvariantCulture);
            await using MySqlCommand command = Command(
                connection, snapshot, $"SELECT {Columns} FROM cluster_nodes WHERE cluster = @cluster AND (@address IS NULL OR address = @address)",
                ("@address", one?.ToParsableString()));
            await using MySqlDataReader row = await command.ExecuteReaderAsync().ConfigureAwait(false);
            var members = new List<Tuple<MembershipEntry, string>>();
            while (await row.ReadAsync().ConfigureAwait(false)) members.Add(Tuple.Create(Read(row), etag));
            read = new MembershipTableData(members, new TableVersion(version, etag));
            return members.Count;
        }).ConfigureAwait(false);
        return read!;
    }

    private static MembershipEntry Read(MySqlDataReader row) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(row.GetString(0)),
        SiloName = row.GetString(1),
        HostName = row.GetString(2),
        Status = (SiloStatus)row.GetInt32(3),
        StartTime = DateTime.SpecifyKind(row.GetDateTime(4), DateTimeKind.Utc),
        IAmAliveTime = DateTime.SpecifyKind(row.GetDateTime(5), DateTimeKind.Utc),
        SuspectTimes = [.. JsonSerializer.Deserialize<Dictionary<string, DateTime>>(row.GetString(6))!
            .Select(suspect => Tuple.Create(SiloAddress.FromParsableString(suspect.Key), suspect.Value.ToUniversalTime()))],
    };

    private static string Write(List<Tuple<SiloAddress, DateTime>>? suspects)
    {
        var times = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        foreach ((SiloAddress by, DateTime at) in suspects ?? []) times[by.ToParsableString()] = DateTime.SpecifyKind(at, DateTimeKind.Utc);
        return JsonSerializer.Serialize(times);
    }

    private async Task WithConnectionAsync(Func<MySqlConnection, Task<int>> work)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, CancellationToken.None).ConfigureAwait(false);
        await work(connection).ConfigureAwait(false);
    }

    private async Task<int> ExecuteAsync(MySqlConnection connection, MySqlTransaction? transaction, string sql, params (string Name, object? Value)[] values)
    {
        await using MySqlCommand command = Command(connection, transaction, sql, values);
        return await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private MySqlCommand Command(MySqlConnection connection, MySqlTransaction? transaction, string sql, params (string Name, object? Value)[] values)
    {
        var command = new MySqlCommand(sql, connection, transaction);
        command.Parameters.AddWithValue("@cluster", cluster);
        foreach ((string name, object? value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
