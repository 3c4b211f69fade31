using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>
/// Keeps one partition a month in the event tables. All of time is always covered: months lie between gap partitions (<c>p_min</c> below
/// the first, <c>gap_YYYYMM</c> between, <c>p_max</c> above the last), so a row is never refused for want of a partition, and a month can
/// be cut out of a gap at any place, in any order. A gap is normally empty, which makes the cut a matter of milliseconds; rows that are in
/// it move to their month. Safe to run from several processes at once.
/// </summary>
/// <remarks>
/// A cut waits for transactions that use the table and holds up those that come after it: make months ahead of time, and a file's whole
/// range before it is replayed.
/// </remarks>
public static class PartitionPlanner
{
    /// <summary>Longest range that one call makes: 50 years. A wider one is a mistaken date.</summary>
    public const int MostMonths = 600;

    private const int LockWaitSeconds = 60;

    /// <inheritdoc cref="EnsureAsync(MySqlConnection, string, DateTime, DateTime, CancellationToken)"/>
    /// <summary>Gives every month from one time to another its own partition in every event table.</summary>
    public static async Task EnsureAsync(
        MySqlConnection connection, DateTime from, DateTime to, CancellationToken cancellationToken = default)
    {
        foreach (string table in EventTable.All)
            await EnsureAsync(connection, table, from, to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives every month from one time to another its own partition in one table.</summary>
    /// <param name="connection">Open, in no transaction: DDL would commit it.</param>
    /// <param name="table">One of <see cref="EventTable"/>.</param>
    /// <param name="from">First event time, UTC.</param>
    /// <param name="to">Last event time, UTC, not before <paramref name="from"/>.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range ends before it begins or exceeds <see cref="MostMonths"/>.</exception>
    /// <exception cref="MySqlException">Among others 1205 when a transaction kept the table for more than a minute: try again.</exception>
    public static async Task EnsureAsync(
        MySqlConnection connection, string table, DateTime from, DateTime to, CancellationToken cancellationToken = default)
    {
        Month first = Month.Of(from);
        Month last = Month.Of(to);
        int months = last.Index - first.Index + 1;
        if (months is < 1 or > MostMonths || to < from)
        {
            throw new ArgumentOutOfRangeException(
                nameof(to), to, $"Partitions from {from:yyyy-MM-dd} to {to:yyyy-MM-dd} are asked for: at most {MostMonths} months, in order.");
        }

        // Most calls find everything made, and need no lock to see it.
        if ((await PlanAsync(connection, table, first, last, cancellationToken).ConfigureAwait(false)).Count == 0) return;
        await using NamedLock turn = await NamedLock.AcquireAsync(connection, "partitions", null, cancellationToken).ConfigureAwait(false);
        foreach ((Partition gap, IReadOnlyList<Partition> into) in
            await PlanAsync(connection, table, first, last, cancellationToken).ConfigureAwait(false))
        {
            await ReorganizeAsync(connection, table, [gap], into, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static async Task<IReadOnlyList<Partition>> ReadAsync(
        MySqlConnection connection, string table, CancellationToken cancellationToken)
    {
        const string Query =
            """
            SELECT partition_name, partition_description FROM information_schema.partitions
            WHERE table_schema = DATABASE() AND table_name = @table AND partition_name IS NOT NULL
            ORDER BY partition_ordinal_position
            """;
        var partitions = new List<Partition>();
        using var command = new MySqlCommand(Query, connection);
        command.Parameters.AddWithValue("@table", table);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        Month? from = null;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            Month? until = ParseBound(reader.GetString(1));
            partitions.Add(new Partition(reader.GetString(0), from, until));
            from = until;
        }

        if (partitions.Count == 0)
            throw new InvalidOperationException($"{table} is absent from {connection.Database} or has no partitions: migrate first.");
        return partitions;
    }

    private static async Task<IReadOnlyList<(Partition Gap, IReadOnlyList<Partition> Into)>> PlanAsync(
        MySqlConnection connection, string table, Month first, Month last, CancellationToken cancellationToken)
    {
        IReadOnlyList<Partition> partitions = await ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        return PartitionLayout.PlanMonths(partitions, first, last);
    }

    internal static Task ReorganizeAsync(
        MySqlConnection connection,
        string table,
        IReadOnlyList<Partition> from,
        IReadOnlyList<Partition> into,
        CancellationToken cancellationToken)
    {
        string names = string.Join(", ", from.Select(partition => partition.Name));
        string definitions = string.Join(",\n", into.Select(partition => partition.Definition));
        return AlterAsync(connection, $"ALTER TABLE {table} REORGANIZE PARTITION {names} INTO (\n{definitions})", cancellationToken);
    }

    // By default the server would let ALTER wait for a day, and every writer behind it.
    internal static Task AlterAsync(MySqlConnection connection, string statement, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"SET STATEMENT lock_wait_timeout = {LockWaitSeconds} FOR {statement}", cancellationToken);

    private static Month? ParseBound(string description) => description == "MAXVALUE"
        ? null
        : Month.Of(DateTime.Parse(description.Trim('\''), CultureInfo.InvariantCulture));
}
